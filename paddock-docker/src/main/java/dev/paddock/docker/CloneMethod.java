package dev.paddock.docker;

import dev.paddock.model.PaddockException;
import java.util.Locale;
import java.util.Optional;

/** What a container's data is. */
enum CloneMethod {
    /** The image's, changed in the container's own layer: nothing is copied before it is written to. */
    OVERLAY,
    /** A copy in memory, limited in size. */
    COPY;

    /** As {@code PADDOCK_STORAGE} says, if it does. */
    static Optional<CloneMethod> forced() {
        String wanted = System.getProperty("paddock.storage", System.getenv().getOrDefault("PADDOCK_STORAGE", ""));
        return switch (wanted) {
            case "", "auto" -> Optional.empty();
            case "overlay" -> Optional.of(OVERLAY);
            case "copy" -> Optional.of(COPY);
            default ->
                throw new PaddockException(
                        "containers can't keep their data as '" + wanted + "'",
                        "set PADDOCK_STORAGE to overlay or copy, or leave it out");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
