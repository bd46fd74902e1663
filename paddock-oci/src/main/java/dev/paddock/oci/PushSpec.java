package dev.paddock.oci;

import dev.paddock.oci.image.Compression;
import java.util.Optional;

/**
 * An image that is to be pushed. Immutable.
 *
 * @param to where to: {@code REGISTRY/NAME:TAG}; or {@code docker-daemon:NAME:TAG}, the engine at hand
 * @param base the image of PostgreSQL that the data is laid on; if absent one of the snapshot's version that an engine has
 * @param dataOnly whether there is to be nothing below the data, so that only Paddock can use it
 * @param compression of layers in a registry
 */
public record PushSpec(String to, Optional<String> base, boolean dataOnly, Compression compression) {

    /** On a base that an engine has, as every engine can run it. */
    public static PushSpec to(String image) {
        return new PushSpec(image, Optional.empty(), false, Compression.GZIP);
    }

    /** On this base: an engine's image, or one in a registry. */
    public PushSpec on(String newBase) {
        return new PushSpec(to, Optional.of(newBase), false, compression);
    }

    /** With nothing but the data in it. */
    public PushSpec withDataOnly() {
        return new PushSpec(to, Optional.empty(), true, compression);
    }

    public PushSpec compressed(Compression newCompression) {
        return new PushSpec(to, base, dataOnly, newCompression);
    }
}
