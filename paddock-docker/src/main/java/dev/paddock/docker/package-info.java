/**
 * The engine on containers. Entry class: {@link dev.paddock.docker.DockerEngine}. Snapshots are the same as everywhere, in the user's
 * cache; an image is made of one when a server is first to be a clone of it.
 */
@NullMarked
package dev.paddock.docker;

import org.jspecify.annotations.NullMarked;
