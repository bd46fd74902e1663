package dev.paddock.docker.server;

import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.SentData;
import dev.paddock.docker.data.FoundData;
import dev.paddock.docker.data.Placement;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Images;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.Tuning;
import dev.paddock.postgres.ServerSettings;
import dev.paddock.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts servers on copies of data that was not shut down, or that another version of a snapshot is to be made of. */
public record Recovery(Containers containers, Images images, PaddockHome home) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** @param image the id of what its PostgreSQL is of */
    ServerStart.Started start(String image, SentData data, Snapshot origin) {
        return start(images.get(image, PullPolicy.MISSING), data, origin);
    }

    /**
     * In memory, or in a container's own layer: nobody else will ever want an image of that data.
     *
     * @param data what it begins with
     * @param origin whose format it has
     */
    ServerStart.Started start(ImageFacts image, SentData data, Snapshot origin) {
        Placement placement = Placement.ofSent(data);
        return new ServerStart(
                        new ServerContainer(
                                containers,
                                image,
                                placement,
                                ContainerSpec.DEFAULT.withPublished(false),
                                Optional.empty(),
                                false),
                        gone -> image.id(),
                        home,
                        origin,
                        container -> {
                            if (placement.unpacked().isEmpty()) {
                                data.to(containers.client(), container, placement.data(), image.owner());
                            }
                        },
                        new ServerSettings(
                                        image.version(),
                                        Tuning.THROWAWAY,
                                        origin.manifest().format().walSegment())
                                .inContainer(),
                        OptionalInt.empty(),
                        PATIENCE,
                        origin.id().equals(FoundData.UNKNOWN))
                .run();
    }
}
