/** Programs that run in the foreground on the user's behalf. Entry class: {@link dev.paddock.cli.child.ForegroundProgram}. */
@NullMarked
package dev.paddock.cli.child;

import org.jspecify.annotations.NullMarked;
