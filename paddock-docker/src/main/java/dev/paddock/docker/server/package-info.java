/**
 * Servers of PostgreSQL in containers, from their start to their end, and snapshots of them. Entry class: {@link
 * dev.paddock.docker.server.ServerStart}.
 */
@NullMarked
package dev.paddock.docker.server;

import org.jspecify.annotations.NullMarked;
