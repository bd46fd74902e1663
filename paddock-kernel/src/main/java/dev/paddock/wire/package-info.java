/**
 * A minimal client of PostgreSQL's wire protocol. Entry class: {@link dev.paddock.wire.WireConnection}. It exists beside the JDBC
 * driver for two reasons: the command line gives a server its user and database without loading a driver, which would take longer
 * than the server's start; and scripts in any encoding reach the server byte for byte, never decoded here.
 */
@NullMarked
package dev.paddock.wire;

import org.jspecify.annotations.NullMarked;
