@NullMarked
package dev.paddock.benchmark.lending;

import org.jspecify.annotations.NullMarked;
