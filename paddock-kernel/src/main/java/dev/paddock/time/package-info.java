/** Waiting, in one place. Entry class: {@link dev.paddock.time.Deadline}. */
@NullMarked
package dev.paddock.time;

import org.jspecify.annotations.NullMarked;
