/**
 * Images: those of PostgreSQL that servers are made of, and those that snapshots become. Entry classes:
 * {@link dev.paddock.docker.image.Images}, {@link dev.paddock.docker.image.SnapshotImages}. Depends on {@code dev.paddock.docker.container}, the
 * core and {@code dev.paddock.oci}.
 */
@NullMarked
package dev.paddock.docker.image;

import org.jspecify.annotations.NullMarked;
