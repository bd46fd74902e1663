/**
 * Measures Paddock beside its peers, in turns within one run. Entry class: {@code Main}. Nothing depends on it.
 */
@NullMarked
package dev.paddock.benchmark;

import org.jspecify.annotations.NullMarked;
