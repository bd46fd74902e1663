/**
 * Databases that a JDBC URL asks for. Entry class: {@link dev.paddock.jdbc.PaddockDriver}, which {@code java.sql.DriverManager}
 * finds by itself.
 */
@NullMarked
package dev.paddock.jdbc;

import org.jspecify.annotations.NullMarked;
