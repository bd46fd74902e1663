/**
 * What PostgreSQL itself asks of every engine: its settings and rules of access, the arguments of initdb, data directories of
 * others, on disk and in copies. Entry classes: {@link dev.paddock.postgres.ServerSettings}, {@link
 * dev.paddock.postgres.DiskFolder}.
 */
@NullMarked
package dev.paddock.postgres;

import org.jspecify.annotations.NullMarked;
