package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Image;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.container.SentData;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Snapshots as images: the image of a server, and on top of it a layer with the data, outside of any volume, owned by whom PostgreSQL runs as; or
 * the image of the snapshot that it came from, and on top of that a layer with what has changed. Made when a server is first to be a clone of a
 * snapshot; then each clone costs what a container costs, whatever the size of its data. Thread-safe, and shared by any number of processes.
 */
public final class SnapshotImages {
    /** Where the data is in an image. */
    public static final String DATA = ImageContent.DATA;

    static final String REPOSITORY = "paddock/snapshot";
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** Of changes upon changes; a file is looked for in one after the other. */
    private static final int MOST_CHANGES = 8;

    private static final int BUFFER = 1 << 20;

    private final DockerClient client;
    private final PaddockHome home;
    private final SnapshotStore snapshots;
    private final Ours ours;
    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    /** Whether the engine takes a layer upon those that it has; not all keep their images in a way that lets them. */
    private volatile boolean takesChanges = true;

    public SnapshotImages(DockerClient client, PaddockHome home, SnapshotStore snapshots, Ours ours) {
        this.client = client;
        this.home = home;
        this.snapshots = snapshots;
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
        String tag = tag(snapshot, base, owner);
        String name = REPOSITORY + ":" + tag;
        if (ready.contains(name) || exists(name)) {
            ready.add(name);
            return name;
        }
        try (FileLockScope lock = FileLockScope.acquire(home, "image-" + tag, PATIENCE)) {
            if (!exists(name) && !isMadeOfChange(snapshot, base, owner, name)) {
                make(snapshot, base, owner, tag);
            }
            ready.add(name);
            return name;
        }
    }

    private static String tag(Snapshot snapshot, ImageFacts base, Owner owner) {
        return snapshot.id().substring(0, 32) + "-" + base.shortId()
                + (owner.equals(base.owner()) ? "" : "-" + owner.uid() + "." + owner.gid());
    }

    /** Removes the images of snapshots that are gone. One that a container is made of stays until the next time. */
    public void sweep(Predicate<String> isKept) {
        for (Image image : client.listImagesCmd()
                .withLabelFilter(Map.of(Ours.HOME, ours.home(), Ours.KIND, "snapshot"))
                .exec()) {
            Map<String, String> labels = image.getLabels();
            if (labels != null && !isKept.test(Ours.said(labels, Ours.SNAPSHOT))) {
                remove(image);
            }
        }
    }

    /** What somebody has made of one has its labels too, and a name of his. */
    private void remove(Image image) {
        List<String> names = image.getRepoTags() == null ? List.of() : List.of(image.getRepoTags());
        List<String> own = names.stream()
                .filter(name -> name.startsWith(REPOSITORY + ":") || name.startsWith("<none>"))
                .toList();
        if (own.size() == names.size()) {
            remove(image.getId());
        } else {
            own.forEach(this::remove);
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
        return find(name).isPresent();
    }

    private Optional<InspectImageResponse> find(String name) {
        try {
            return Optional.of(client.inspectImageCmd(name).exec());
        } catch (NotFoundException none) {
            return Optional.empty();
        }
    }

    private Map<String, String> labels(Snapshot snapshot) {
        Map<String, String> labels = new HashMap<>(ours.lastingLabels("snapshot"));
        labels.put(Ours.SNAPSHOT, snapshot.id());
        return labels;
    }

    /** Where there is an image of what it came from. If anything is in the way, all of it is sent instead. */
    private boolean isMadeOfChange(Snapshot snapshot, ImageFacts base, Owner owner, String name) {
        Optional<Snapshot> parent =
                snapshot.manifest().parent().filter(any -> takesChanges).flatMap(snapshots::findSound);
        Optional<InspectImageResponse> below = parent.flatMap(each -> find(REPOSITORY + ":" + tag(each, base, owner)));
        if (below.isEmpty() || layers(below.get()) >= layers(base.id()) + MOST_CHANGES) {
            return false;
        }
        OwnFolder draft = OwnFolder.create(home);
        try {
            Optional<SnapshotChange> change = SnapshotChange.between(parent.get(), snapshot);
            if (change.isEmpty()) {
                return false;
            }
            Path layer = draft.file("layer.tar");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(layer), BUFFER)) {
                change.get().write(DATA, owner, out);
            }
            new LayeredImage(client, below.get(), Optional.of(layer)).load(name, config -> {}, labels(snapshot));
            return true;
        } catch (IOException parentIsGone) {
            return false;
        } catch (PaddockException | DockerException refused) {
            takesChanges = false;
            return false;
        } finally {
            draft.delete();
        }
    }

    private int layers(String image) {
        return layers(client.inspectImageCmd(image).exec());
    }

    private static int layers(InspectImageResponse image) {
        return image.getRootFS() == null || image.getRootFS().getLayers() == null
                ? Integer.MAX_VALUE / 2
                : image.getRootFS().getLayers().size();
    }

    private void make(Snapshot snapshot, ImageFacts base, Owner owner, String tag) {
        new DataCommit(client, ours, snapshot)
                .make(
                        base.id(),
                        container -> SentData.folder(snapshot.data()).to(client, container, DATA, owner),
                        REPOSITORY + ":" + tag,
                        labels(snapshot));
    }
}
