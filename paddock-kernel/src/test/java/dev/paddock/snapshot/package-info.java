/** Tests of how data directories are read. */
@NullMarked
package dev.paddock.snapshot;

import org.jspecify.annotations.NullMarked;
