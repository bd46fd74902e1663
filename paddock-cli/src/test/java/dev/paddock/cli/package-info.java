/** The command as its users meet it: as a process. */
@NullMarked
package dev.paddock.cli;

import org.jspecify.annotations.NullMarked;
