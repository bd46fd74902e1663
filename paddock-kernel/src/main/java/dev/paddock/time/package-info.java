/** Waiting, in one place. Entry class: {@link dev.paddock.time.Deadline}. Depends on {@code model} only. */
@NullMarked
package dev.paddock.time;

import org.jspecify.annotations.NullMarked;
