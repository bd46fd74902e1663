/**
 * What a failing test leaves behind: the statements it ran, what it changed, and a report of it. Entry classes:
 * {@link dev.paddock.evidence.StatementLog}. Depends on {@code model}, {@code database} and the JDBC driver.
 */
@NullMarked
package dev.paddock.evidence;

import org.jspecify.annotations.NullMarked;
