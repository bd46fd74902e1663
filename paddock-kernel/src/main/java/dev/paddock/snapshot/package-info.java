/**
 * Immutable data directories in the user's cache, from which every server is cloned. Entry class: {@link
 * dev.paddock.snapshot.SnapshotStore}.
 */
@NullMarked
package dev.paddock.snapshot;

import org.jspecify.annotations.NullMarked;
