/**
 * The {@code paddock} command. Entry class: {@link dev.paddock.cli.Main}. The only place where all is wired, and the only one
 * that prints; nothing depends on it.
 */
@NullMarked
package dev.paddock.cli;

import org.jspecify.annotations.NullMarked;
