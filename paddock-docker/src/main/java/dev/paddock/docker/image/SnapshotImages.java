package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Image;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.SentData;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.image.SnapshotLabels;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Snapshots as images: the image of a server, and on top of it one layer with the data, outside of any volume, owned by whom PostgreSQL runs as.
 * Made when a server is first to be a clone of a snapshot; then each clone costs what a container costs, whatever the size of its data.
 * Thread-safe, and shared by any number of processes.
 */
public final class SnapshotImages {
    /** Where the data is in an image. */
    public static final String DATA = ImageContent.DATA;

    private static final String REPOSITORY = "paddock/snapshot";
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final DockerClient client;
    private final PaddockHome home;
    private final Ours ours;
    private final Set<String> ready = ConcurrentHashMap.newKeySet();

    public SnapshotImages(DockerClient client, PaddockHome home, Ours ours) {
        this.client = client;
        this.home = home;
        this.ours = ours;
    }

    /**
     * The name of the image of a snapshot on another image.
     *
     * @param owner whose the data is there
     * @param gone a name that the engine turned out not to know any more, or nothing
     */
    public String of(Snapshot snapshot, ImageFacts base, Owner owner, String gone) {
        ready.remove(gone);
        String tag = snapshot.id().substring(0, 32) + "-" + base.shortId()
                + (owner.equals(base.owner()) ? "" : "-" + owner.uid() + "." + owner.gid());
        String name = REPOSITORY + ":" + tag;
        if (ready.contains(name) || exists(name)) {
            ready.add(name);
            return name;
        }
        try (FileLockScope lock = FileLockScope.acquire(home, "image-" + tag, PATIENCE)) {
            if (!exists(name)) {
                make(snapshot, base, owner, tag);
            }
            ready.add(name);
            return name;
        }
    }

    /**
     * Makes an image that is the user's own: of its snapshot's data and, above, what lets that be used without Paddock.
     *
     * @param name what to call it
     * @return its id
     */
    public String export(Snapshot snapshot, ImageFacts base, String name) {
        String below = of(snapshot, base, base.owner(), "");
        List<String> layers = Objects.requireNonNull(
                Objects.requireNonNull(client.inspectImageCmd(below).exec().getRootFS())
                        .getLayers());
        Map<String, String> labels = new HashMap<>(SnapshotLabels.of(snapshot.manifest(), layers.get(layers.size() - 1))
                .write());
        labels.putAll(Ours.handedOver());
        return committed(
                below,
                snapshot,
                container -> {
                    ByteArrayOutputStream settings = new ByteArrayOutputStream();
                    ImageContent.settings(snapshot, base.owner()).writeTo(settings);
                    client.copyArchiveToContainerCmd(container)
                            .withRemotePath("/")
                            .withTarInputStream(new ByteArrayInputStream(settings.toByteArray()))
                            .exec();
                },
                name,
                labels);
    }

    /** Removes the images of snapshots that are gone. One that a container is made of stays until the next time. */
    public void sweep(Predicate<String> isKept) {
        for (Image image : client.listImagesCmd()
                .withLabelFilter(Map.of(Ours.HOME, ours.home(), Ours.KIND, "snapshot"))
                .exec()) {
            Map<String, String> labels = image.getLabels();
            if (labels != null && !isKept.test(labels.getOrDefault(Ours.SNAPSHOT, ""))) {
                remove(image.getId());
            }
        }
    }

    private void remove(String id) {
        try {
            client.removeImageCmd(id).withForce(true).exec();
        } catch (DockerException inUse) {
            // By a container, or removed by somebody else just now.
        }
    }

    private boolean exists(String name) {
        try {
            client.inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException none) {
            return false;
        }
    }

    private void make(Snapshot snapshot, ImageFacts base, Owner owner, String tag) {
        Map<String, String> labels = new HashMap<>(ours.lastingLabels("snapshot"));
        labels.put(Ours.SNAPSHOT, snapshot.id());
        committed(
                base.id(),
                snapshot,
                container -> SentData.folder(snapshot.data()).to(client, container, DATA, owner),
                REPOSITORY + ":" + tag,
                labels);
    }

    private boolean runsByItself(String image) {
        ContainerConfig config = client.inspectImageCmd(image).exec().getConfig();
        return config != null && (config.getEntrypoint() != null || config.getCmd() != null);
    }

    @FunctionalInterface
    private interface Filling {
        void of(String container) throws IOException;
    }

    private String committed(String base, Snapshot snapshot, Filling filling, String name, Map<String, String> labels) {
        CreateContainerCmd create = client.createContainerCmd(base).withLabels(ours.labels("snapshot"));
        // What it would run becomes the image's, so it must stay what it is; it never runs.
        String container =
                (runsByItself(base) ? create : create.withCmd("true")).exec().getId();
        int tag = name.lastIndexOf(':');
        boolean isTagged = tag > name.lastIndexOf('/');
        try {
            filling.of(container);
            return client.commitCmd(container)
                    .withRepository(isTagged ? name.substring(0, tag) : name)
                    .withTag(isTagged ? name.substring(tag + 1) : "latest")
                    .withEnv("PGDATA=" + DATA)
                    .withLabels(labels)
                    .exec();
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine can't make an image of the snapshot " + snapshot.label() + ": "
                            + EngineFailure.reason(refused),
                    "look at the free space of the engine with: docker system df",
                    refused);
        } catch (IOException unreadable) {
            throw new PaddockException(
                    "can't read the snapshot " + snapshot.label() + ": " + unreadable.getMessage(), null, unreadable);
        } finally {
            Container.remove(client, container);
        }
    }
}
