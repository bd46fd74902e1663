/**
 * Programs that run in the foreground on the user's behalf. Entry class: {@link dev.paddock.cli.child.ForegroundProgram}.
 * Depends on {@code model} only; only the commands use it.
 */
@NullMarked
package dev.paddock.cli.child;

import org.jspecify.annotations.NullMarked;
