package dev.paddock.snapshot;

import java.util.Optional;

/**
 * What a snapshot that is to be made will say of itself.
 *
 * @param name what to call it; without one it is found by its id or a key alone, and may be evicted
 * @param user whom clients of its clones connect as unless told otherwise
 * @param database what they connect to
 */
public record Label(Kind kind, Optional<String> name, String user, String database) {}
