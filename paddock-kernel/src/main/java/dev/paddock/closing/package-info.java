/** Giving back what was opened. Entry class: {@link dev.paddock.closing.Closer}. Depends on the JDK only; everybody may use it. */
@NullMarked
package dev.paddock.closing;

import org.jspecify.annotations.NullMarked;
