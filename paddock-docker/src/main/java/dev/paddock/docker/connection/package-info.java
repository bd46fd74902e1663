/**
 * The way to a Docker Engine: where it is, how it is spoken to, which version of its interface it has. Entry class: {@link
 * dev.paddock.docker.connection.DockerConnection}.
 */
@NullMarked
package dev.paddock.docker.connection;

import org.jspecify.annotations.NullMarked;
