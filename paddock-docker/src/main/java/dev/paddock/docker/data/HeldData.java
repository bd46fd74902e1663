package dev.paddock.docker.data;

import dev.paddock.snapshot.Snapshot;
import java.util.Optional;

/**
 * What is in a place of the user's, now that it is held for one server.
 *
 * @param origin what the data in it began as, if it holds any
 * @param made whether the place, a volume, was made for this
 * @param unfinished whether it holds what was never made complete, and is made anew
 */
record HeldData(DataVolume volume, Optional<Snapshot> origin, boolean made, boolean unfinished) {}
