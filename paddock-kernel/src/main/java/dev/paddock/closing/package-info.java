/** Giving back what was opened. Entry class: {@link dev.paddock.closing.Closer}. */
@NullMarked
package dev.paddock.closing;

import org.jspecify.annotations.NullMarked;
