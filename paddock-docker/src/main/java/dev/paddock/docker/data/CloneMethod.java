package dev.paddock.docker.data;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.RestartPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.snapshot.Manifest;
import java.util.Locale;
import java.util.Optional;

/** What a container's data is. */
public enum CloneMethod {
    /** The image's, changed in the container's own layer: nothing is copied before it is written to. */
    OVERLAY,
    /** A copy in memory, limited in size. */
    COPY;

    /** What is unpacked in less time than a layer takes longer for every file that is changed in it. */
    static final ByteSize MOST_COPIED = ByteSize.ofMegabytes(64);

    /**
     * How a server gets its clone. A layer has no limit, and a root file system that can't be written to has none; memory is empty when an engine has
     * restarted its container.
     *
     * @param data what is cloned
     * @throws InvalidSpecException if the spec wants what excludes each other
     */
    public static CloneMethod of(ServerSpec spec, Manifest data) {
        boolean restarted = !spec.container().restart().equals(RestartPolicy.NEVER);
        CloneMethod method =
                mustBeCopied(spec) ? COPY : forced().orElse(restarted || !fitsMemory(spec, data) ? OVERLAY : COPY);
        if (method == COPY && restarted) {
            throw new InvalidSpecException(
                    "a server whose data is in memory has none any more when the engine restarts it",
                    "keep the data in a volume or a folder, or leave out the restart policy");
        }
        return method;
    }

    private static boolean mustBeCopied(ServerSpec spec) {
        boolean limited = spec.storage() instanceof Storage.InMemory memory && memory.strict();
        return limited || spec.container().readOnlyRoot();
    }

    /** Whether to copy it is no great matter, wherever it is. */
    public static boolean isQuicklyCopied(Manifest data) {
        return data.bytes() <= MOST_COPIED.bytes();
    }

    /** What is in memory counts against the limit of a container's. */
    private static boolean fitsMemory(ServerSpec spec, Manifest data) {
        return data.copies() == 0
                && isQuicklyCopied(data)
                && spec.container().limits().memory().isEmpty();
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
