@NullMarked
package dev.paddock.benchmark.report;

import org.jspecify.annotations.NullMarked;
