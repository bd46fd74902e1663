package dev.paddock.oci.image;

import dev.paddock.snapshot.Snapshot;

/** An image of PostgreSQL that an engine has. */
public interface EngineImage extends BaseImage {

    /**
     * Makes an image of it and a snapshot's data in the engine itself, the same as one that is pushed.
     *
     * @param name what to call that, as engines call their images: {@code shop:v1}; an image of this name loses it
     * @return its id
     * @throws dev.paddock.model.PaddockException if the engine refuses, as when it has no room
     */
    String lay(Snapshot snapshot, String name);
}
