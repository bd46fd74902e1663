/**
 * Snapshots as images in registries, from and to the cache, with or without an engine. Entry class: {@link
 * dev.paddock.oci.SnapshotRegistry}.
 */
@NullMarked
package dev.paddock.oci;

import org.jspecify.annotations.NullMarked;
