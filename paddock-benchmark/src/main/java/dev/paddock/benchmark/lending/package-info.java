/**
 * One way each to give tests databases of their own, all with the same content. Entry class:
 * {@link dev.paddock.benchmark.lending.Lendings}. Knows nothing of results; used by {@code dev.paddock.benchmark} only.
 */
@NullMarked
package dev.paddock.benchmark.lending;

import org.jspecify.annotations.NullMarked;
