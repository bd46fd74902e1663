package dev.paddock.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ByteSize;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import dev.paddock.oci.image.BaseImage;
import dev.paddock.oci.image.Compression;
import dev.paddock.oci.image.Descriptor;
import dev.paddock.oci.image.EngineImage;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.image.SnapshotLabels;
import dev.paddock.oci.image.StoredLayer;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.registry.ImageName;
import dev.paddock.oci.registry.RegistryConnection;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.snapshot.StagedSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One snapshot's way out of a registry, the tag once, then by digests alone; or out of an engine. */
final class SnapshotPull {
    private static final String PREFIX = ImageContent.DATA.substring(1) + "/";

    /** An archive ends with some empty blocks. */
    private static final int MOST_PADDING = 1 << 20;

    private final PaddockHome home;
    private final SnapshotStore store;
    private final Map<String, String> environment;
    private final Progress progress;
    private final Path scratch;

    SnapshotPull(
            PaddockHome home, SnapshotStore store, Map<String, String> environment, Progress progress, Path scratch) {
        this.home = home;
        this.store = store;
        this.environment = environment;
        this.progress = progress;
        this.scratch = scratch;
    }

    Snapshot run(ImageName image, Optional<String> wanted) throws IOException {
        String name = wanted.orElseGet(image::shortName);
        try (SnapshotStore.Reservation reserved = reserve(name)) {
            return pull(image, name);
        }
    }

    /** A name that is a snapshot's already may be this one's: then all is there, or is put right. */
    private SnapshotStore.Reservation reserve(String name) {
        return store.reserve(store.idOf(name).isPresent() ? Optional.empty() : Optional.of(name));
    }

    private Snapshot named(Snapshot snapshot, String name) {
        return store.idOf(name).equals(Optional.of(snapshot.id()))
                ? new Snapshot(Optional.of(name), snapshot.manifest(), snapshot.folder())
                : store.name(snapshot, name);
    }

    private Snapshot pull(ImageName image, String name) throws IOException {
        String what = "can't pull " + image;
        try (RegistryConnection registry = RegistryConnection.toPull(image, what, environment)) {
            RegistryConnection.PulledManifest manifest =
                    registry.manifest(image.qualifier(), DataPlatform.hostArchitecture());
            ObjectNode configuration =
                    registry.json(RegistryConnection.descriptor(manifest.json().path("config")));
            List<Descriptor> layers = RegistryConnection.layers(manifest);
            Snapshot snapshot = get(image.toString(), name, configuration, layers.size(), what, (index, to) -> {
                try (OutputStream file = Files.newOutputStream(to)) {
                    registry.fetch(layers.get(index), file, progress, "pulling " + image.shortName());
                }
            });
            store.noteImage(snapshot, image.at(manifest.digest()).toString());
            return named(snapshot, name);
        }
    }

    /** An engine's image may be gone tomorrow, so it isn't noted. */
    Snapshot run(InEngine image, Optional<String> wanted) throws IOException {
        String name = wanted.orElseGet(image.name()::shortName);
        try (SnapshotStore.Reservation reserved = reserve(name)) {
            return pull(image, name);
        }
    }

    private Snapshot pull(InEngine image, String name) throws IOException {
        String what = "can't pull " + image;
        try (EngineImage found = image.find(home, progress, what)) {
            List<BaseImage.BaseLayer> layers = found.layers();
            Snapshot snapshot = get(image.toString(), name, found.configuration(), layers.size(), what, (index, to) -> {
                try (InputStream layer = layers.get(index).open()) {
                    Files.copy(layer, to);
                }
            });
            return named(snapshot, name);
        }
    }

    @FunctionalInterface
    private interface Layers {
        /** Copies one, as it is stored, to a file that isn't there yet. */
        void copy(int index, Path to) throws IOException;
    }

    private Snapshot get(String image, String name, ObjectNode configuration, int layers, String what, Layers from)
            throws IOException {
        SnapshotLabels labels = labels(configuration, image, what);
        if (!store.idOf(name).equals(Optional.of(labels.id()))) {
            store.requireFree(name);
        }
        requireUsable(labels, configuration, what);
        Optional<Snapshot> known = store.findSound(labels.id());
        if (known.isPresent()) {
            return known.get();
        }
        int index = ImageContent.diffIds(configuration).indexOf(labels.layer());
        if (index < 0 || index >= layers) {
            throw new PaddockException(
                    what + ": the layer with its data isn't in the image any more",
                    "it was flattened or changed after it was pushed; push the snapshot again");
        }
        requireRoom(labels, what);
        Path file = scratch.resolve("data.layer");
        from.copy(index, file);
        return unpacked(file, labels, what);
    }

    private static SnapshotLabels labels(ObjectNode configuration, String image, String what) {
        Map<String, String> labels = ImageContent.labels(configuration);
        if (labels.getOrDefault(SnapshotLabels.SNAPSHOT, "").isEmpty()) {
            throw new PaddockException(
                    what + ": that image holds no snapshot",
                    "snapshots are pushed by: paddock snapshot push NAME " + image);
        }
        try {
            return SnapshotLabels.read(labels);
        } catch (RuntimeException damaged) {
            throw new PaddockException(
                    what + ": what it says of its snapshot can't be understood: " + damaged.getMessage(),
                    "a newer Paddock may have pushed it",
                    damaged);
        }
    }

    private static void requireUsable(SnapshotLabels labels, ObjectNode configuration, String what) {
        String architecture = configuration.path("architecture").asText();
        if (!architecture.equals(DataPlatform.hostArchitecture())) {
            throw new PaddockException(
                    what + ": its data was written on " + architecture + ", and this machine is "
                            + DataPlatform.hostArchitecture(),
                    "restore a dump of it here, and push that as an image of its own");
        }
        try {
            PostgresSource.parse(Integer.toString(labels.version().major()));
        } catch (InvalidSpecException unknown) {
            throw new PaddockException(
                    what + ": its data is PostgreSQL " + labels.version() + "'s, which this Paddock doesn't run",
                    unknown.hint().orElse(null),
                    unknown);
        }
    }

    private void requireRoom(SnapshotLabels labels, String what) throws IOException {
        long room = Files.getFileStore(scratch).getUsableSpace();
        if (labels.bytes() > room) {
            throw new PaddockException(
                    what + ": its data is " + new ByteSize(labels.bytes()) + ", and there is room for "
                            + new ByteSize(Math.max(1, room)),
                    "make room, or name another place with PADDOCK_HOME");
        }
    }

    private Snapshot unpacked(Path file, SnapshotLabels labels, String what) throws IOException {
        Path data = Files.createDirectory(scratch.resolve("data"));
        unpack(file, data, labels, what);
        Files.delete(file);
        try (StagedSnapshot staged = store.stage(draft(data, labels))) {
            if (!staged.snapshot().id().equals(labels.id())) {
                throw new PaddockException(
                        what + ": its data isn't the snapshot that it says it is",
                        "it was changed after it was pushed; don't trust it");
            }
            return staged.publish();
        }
    }

    private static void unpack(Path file, Path data, SnapshotLabels labels, String what) throws IOException {
        try (InputStream in = Compression.decompress(Files.newInputStream(file));
                DigestInputStream content = new DigestInputStream(in, StoredLayer.sha256())) {
            DataArchive.unpack(content, PREFIX, data, labels.bytes());
            if (content.readNBytes(MOST_PADDING).length == MOST_PADDING) {
                throw new IOException("its data goes on after its end");
            }
            if (!StoredLayer.text(content.getMessageDigest()).equals(labels.layer())) {
                throw new PaddockException(
                        what + ": its data isn't what its configuration says", "push the snapshot again");
            }
        }
    }

    private static Draft draft(Path data, SnapshotLabels labels) {
        return new Draft(
                data,
                Optional.empty(),
                Account.forPostgres().foreignOwner(),
                labels.kind(),
                labels.version(),
                labels.origin(),
                labels.platform(),
                labels.format(),
                labels.user(),
                labels.database(),
                labels.parent(),
                Optional.empty(),
                Set.of());
    }
}
