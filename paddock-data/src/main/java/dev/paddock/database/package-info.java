/**
 * Databases as their users see them. Entry class: {@link dev.paddock.database.Database}. Depends on {@code model}, the JDBC driver, and of
 * {@code wire} on the login alone.
 */
@NullMarked
package dev.paddock.database;

import org.jspecify.annotations.NullMarked;
