package dev.paddock.docker.image;

import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Term;
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
        Optional<ImageFacts> exact =
                Origin.content(data).filter(images::has).map(id -> images.get(id, PullPolicy.NEVER));
        Optional<String> name = Origin.image(data);
        boolean isThere = name.filter(images::has).isPresent();
        if (!isThere && exact.isPresent()) {
            return exact.get();
        }
        if (!isThere && name.isPresent() && !Images.isOfficial(name.get()) && !Images.areOfRelease(name.get())) {
            throw unknown(data, name.get());
        }
        ContainerSpec container = name.filter(each -> isThere || !Images.areOfRelease(each))
                .map(wanted::withImage)
                .orElse(wanted);
        ImageFacts named = images.find(container, Origin.release(data));
        // A name may have gone on to another version, which can't read what the one before has written.
        return named.version().major() == data.manifest().version().major() ? named : exact.orElse(named);
    }

    /** Whoever made the snapshot wrote that name: nothing is fetched and run because of it. */
    private static PaddockException unknown(Snapshot data, String image) {
        return new PaddockException(
                "the snapshot " + data.label() + " says that the image " + image
                        + " wrote it, and the engine doesn't have that image",
                Hint.naming("if you trust whoever made the data, name the image with {}", Term.IMAGE)
                        .or("if you trust whoever made the data, pull it with: docker pull " + image));
    }
}
