/**
 * What the user sees: two streams, colour, progress, tables. Entry class: {@link dev.paddock.cli.terminal.Terminal}. Depends
 * on {@code model} only; only the commands use it.
 */
@NullMarked
package dev.paddock.cli.terminal;

import org.jspecify.annotations.NullMarked;
