/**
 * How much memory and storage a server takes, seen from outside through {@code /proc}. Entry class:
 * {@link dev.paddock.benchmark.footprint.Footprint}. Depends on no other package of the benchmark.
 */
@NullMarked
package dev.paddock.benchmark.footprint;

import org.jspecify.annotations.NullMarked;
