/**
 * Images: those of PostgreSQL that servers are made of, and those that snapshots become. Entry classes: {@link
 * dev.paddock.docker.image.Images}, {@link dev.paddock.docker.image.SnapshotImages}.
 */
@NullMarked
package dev.paddock.docker.image;

import org.jspecify.annotations.NullMarked;
