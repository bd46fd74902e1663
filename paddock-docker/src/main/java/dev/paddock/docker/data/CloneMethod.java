package dev.paddock.docker.data;

import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.util.Locale;
import java.util.Optional;

/** What a container's data is. */
public enum CloneMethod {
    /** The image's, changed in the container's own layer: nothing is copied before it is written to. */
    OVERLAY,
    /** A copy in memory, limited in size. */
    COPY;

    /** A layer has no limit, and a root file system that can't be written to has none; else {@code PADDOCK_STORAGE} may say. */
    public static CloneMethod of(ServerSpec spec) {
        boolean limited = spec.storage() instanceof Storage.InMemory memory && memory.strict();
        return limited || spec.container().readOnlyRoot() ? COPY : forced().orElse(OVERLAY);
    }

    private static Optional<CloneMethod> forced() {
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
