/** What the user sees: two streams, colour, progress, tables. Entry class: {@link dev.paddock.cli.terminal.Terminal}. */
@NullMarked
package dev.paddock.cli.terminal;

import org.jspecify.annotations.NullMarked;
