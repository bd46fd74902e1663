package dev.paddock.docker.image;

import dev.paddock.model.PostgresSource;
import dev.paddock.snapshot.Snapshot;
import java.util.Optional;
import java.util.OptionalInt;

/** What a snapshot's manifest tells of the image that wrote it. */
public final class Origin {
    private static final String PREFIX = "docker:";

    private Origin() {}

    public static String of(ImageFacts image) {
        return PREFIX + image.reference() + " " + image.id();
    }

    /** The image's name, if it was one. */
    public static Optional<String> image(Snapshot snapshot) {
        return part(snapshot, 0);
    }

    /** The id of that image's content, which stays when the name goes on to another. */
    public static Optional<String> content(Snapshot snapshot) {
        return part(snapshot, 1);
    }

    private static Optional<String> part(Snapshot snapshot, int index) {
        String origin = snapshot.manifest().origin();
        if (!origin.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] parts = origin.substring(PREFIX.length()).split(" ");
        return index < parts.length ? Optional.of(parts[index]) : Optional.empty();
    }

    /** Whatever runs data of its major version. */
    public static PostgresSource release(Snapshot snapshot) {
        return release(snapshot.manifest().version().major());
    }

    /** Whatever runs data of a major version. */
    public static PostgresSource release(int major) {
        return new PostgresSource.Release(major, OptionalInt.empty());
    }
}
