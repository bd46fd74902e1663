package dev.paddock.docker.image;

import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Snapshot;
import java.util.Optional;
import java.util.OptionalInt;

/** Which image a server is made of. */
public record ImageChoice(Images images) {
    private static final PostgresSource DEFAULT =
            new PostgresSource.Release(PostgresSource.NEWEST, OptionalInt.empty());

    /**
     * The one that is asked for; else whatever wrote the data, or runs data of its version.
     *
     * @param given what the server is to be a clone of
     */
    public ImageFacts of(ServerSpec spec, Optional<Snapshot> given) {
        if (given.isEmpty()
                || spec.container().image().isPresent()
                || spec.postgres().isPresent()) {
            return images.find(spec.container(), spec.postgres().orElse(DEFAULT));
        }
        return of(spec.container(), given.get());
    }

    /** For data, of whatever server. */
    public ImageFacts of(Snapshot data) {
        return of(ContainerSpec.DEFAULT, data);
    }

    private ImageFacts of(ContainerSpec wanted, Snapshot data) {
        ContainerSpec container = Origin.image(data).map(wanted::withImage).orElse(wanted);
        Optional<ImageFacts> exact =
                Origin.content(data).filter(images::has).map(id -> images.get(id, PullPolicy.NEVER));
        if (exact.isPresent() && !images.has(container.image().orElse(""))) {
            return exact.get();
        }
        ImageFacts named = images.find(container, Origin.release(data));
        // A name may have gone on to another version, which can't read what the one before has written.
        return named.version().major() == data.manifest().version().major() ? named : exact.orElse(named);
    }
}
