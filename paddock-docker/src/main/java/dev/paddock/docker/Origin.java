package dev.paddock.docker;

import dev.paddock.model.PostgresSource;
import dev.paddock.snapshot.Snapshot;
import java.util.Optional;
import java.util.OptionalInt;

/** What a snapshot's manifest tells of the image that wrote it. */
final class Origin {
    private static final String PREFIX = "docker:";

    private Origin() {}

    static String of(ImageFacts image) {
        return PREFIX + image.reference();
    }

    /** The image's name, if it was one. */
    static Optional<String> image(Snapshot snapshot) {
        String origin = snapshot.manifest().origin();
        return origin.startsWith(PREFIX) ? Optional.of(origin.substring(PREFIX.length())) : Optional.empty();
    }

    /** Whatever runs data of its major version. */
    static PostgresSource release(Snapshot snapshot) {
        return new PostgresSource.Release(snapshot.manifest().version().major(), OptionalInt.empty());
    }
}
