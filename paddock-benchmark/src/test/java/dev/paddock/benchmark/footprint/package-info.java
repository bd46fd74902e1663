@NullMarked
package dev.paddock.benchmark.footprint;

import org.jspecify.annotations.NullMarked;
