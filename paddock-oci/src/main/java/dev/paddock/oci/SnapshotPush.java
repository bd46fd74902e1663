package dev.paddock.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.image.BaseImage;
import dev.paddock.oci.image.Compression;
import dev.paddock.oci.image.Descriptor;
import dev.paddock.oci.image.EngineImage;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.image.SnapshotLabels;
import dev.paddock.oci.image.StoredLayer;
import dev.paddock.oci.layer.Owner;
import dev.paddock.oci.registry.ImageName;
import dev.paddock.oci.registry.RegistryBase;
import dev.paddock.oci.registry.RegistryConnection;
import dev.paddock.snapshot.DamagedSnapshot;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One snapshot's way into a registry, or into an engine. Into a registry go the layers of the base, its data, the settings above, the configuration, and last the manifest. */
final class SnapshotPush {
    private final PaddockHome home;
    private final SnapshotStore store;
    private final Map<String, String> environment;
    private final Progress progress;
    private final Path scratch;

    SnapshotPush(
            PaddockHome home, SnapshotStore store, Map<String, String> environment, Progress progress, Path scratch) {
        this.home = home;
        this.store = store;
        this.environment = environment;
        this.progress = progress;
        this.scratch = scratch;
    }

    String run(Snapshot snapshot, PushSpec spec) throws IOException {
        if (snapshot.manifest().copies() > 0) {
            throw new PaddockException(
                    "the snapshot " + snapshot.label()
                            + " holds many copies of a database in the same files, which only overlay storage keeps apart",
                    "push the snapshot that it was made of: "
                            + snapshot.manifest().parent().orElse(""));
        }
        // What others will rely on is read to the last byte first.
        Optional<DamagedSnapshot> damage = store.verify(snapshot);
        if (damage.isPresent()) {
            throw damage.get().failure();
        }
        String what = "can't push the snapshot " + snapshot.label();
        Optional<InEngine> engine = InEngine.parse(spec.to());
        if (engine.isPresent()) {
            return inEngine(snapshot, spec, engine.get(), what);
        }
        ImageName to = ImageName.parse(spec.to());
        if (to.qualifier().startsWith("sha256:")) {
            throw new InvalidSpecException("an image is pushed to a tag, not to a digest", "write it as NAME:TAG");
        }
        requireWritable(to, what);
        String digest = spec.dataOnly() ? dataOnly(snapshot, spec, to, what) : runnable(snapshot, spec, to, what);
        store.noteImage(snapshot, to.at(digest).toString());
        return to.at(digest).toString();
    }

    /** Whoever may not push hears of it before anything is packed or fetched. */
    private void requireWritable(ImageName to, String what) {
        try (RegistryConnection registry = RegistryConnection.toPush(to, what, environment, Optional.empty())) {
            registry.requireWritable();
        }
    }

    private String inEngine(Snapshot snapshot, PushSpec spec, InEngine to, String what) throws IOException {
        if (spec.dataOnly()) {
            throw new InvalidSpecException(
                    "an engine has no use for data alone", "leave out --data-only, or push it to a registry");
        }
        try (EngineImage base =
                new BaseChoice(home, environment, progress, scratch).ofEngine(snapshot, spec.base(), what)) {
            return base.lay(snapshot, to.reference());
        }
    }

    private String dataOnly(Snapshot snapshot, PushSpec spec, ImageName to, String what) throws IOException {
        try (RegistryConnection registry = RegistryConnection.toPush(to, what, environment, Optional.empty())) {
            StoredLayer data = data(registry, snapshot, ImageContent.USUAL_OWNER, spec.compression());
            ObjectNode configuration = ImageContent.dataOnly(
                    BaseChoice.architecture(snapshot),
                    SnapshotLabels.of(snapshot.manifest(), data.diffId()),
                    List.of(data.diffId()));
            Descriptor config = registry.upload(configuration);
            return registry.publish(ImageContent.manifest(config, List.of(data.descriptor())));
        }
    }

    private String runnable(Snapshot snapshot, PushSpec spec, ImageName to, String what) throws IOException {
        try (BaseImage base = new BaseChoice(home, environment, progress, scratch).of(snapshot, spec.base(), what)) {
            Optional<ImageName> source = base instanceof RegistryBase inRegistry
                            && inRegistry.name().registry().equals(to.registry())
                    ? Optional.of(inRegistry.name())
                    : Optional.empty();
            try (RegistryConnection registry = RegistryConnection.toPush(to, what, environment, source)) {
                Owner owner = base.owner();
                List<Descriptor> layers = new ArrayList<>();
                List<String> diffIds = new ArrayList<>();
                for (BaseImage.BaseLayer each : base.layers()) {
                    layers.add(layer(registry, each, source, spec.compression()));
                    diffIds.add(each.diffId());
                }
                StoredLayer data = data(registry, snapshot, owner, spec.compression());
                StoredLayer settings = layer(
                        registry,
                        "settings 1\n" + snapshot.id() + owner,
                        spec.compression(),
                        "settings",
                        ImageContent.settings(snapshot, owner));
                for (StoredLayer own : List.of(data, settings)) {
                    layers.add(own.descriptor());
                    diffIds.add(own.diffId());
                }
                ObjectNode configuration = ImageContent.runnable(
                        base.configuration(), SnapshotLabels.of(snapshot.manifest(), data.diffId()), diffIds);
                return registry.publish(ImageContent.manifest(registry.upload(configuration), layers));
            }
        }
    }

    private StoredLayer data(RegistryConnection registry, Snapshot snapshot, Owner owner, Compression compression)
            throws IOException {
        return layer(
                registry,
                "data 1\n" + snapshot.id() + owner,
                compression,
                snapshot.label(),
                ImageContent.data(snapshot, owner));
    }

    /** As it is in the registry that it comes from; or compressed here, where it comes from an engine. */
    private Descriptor layer(
            RegistryConnection registry, BaseImage.BaseLayer layer, Optional<ImageName> source, Compression compression)
            throws IOException {
        if (layer.stored().isEmpty()) {
            return layer(registry, layer.diffId(), compression, "the base", to -> {
                        try (InputStream in = Compression.decompress(layer.open())) {
                            in.transferTo(to);
                        }
                    })
                    .descriptor();
        }
        Descriptor stored = layer.stored().get();
        if (!registry.has(stored)) {
            StoredLayer.Content content = to -> {
                try (InputStream in = layer.open()) {
                    in.transferTo(to);
                }
            };
            registry.upload(stored, content, source, progress, "pushing the base");
        }
        return stored;
    }

    private StoredLayer layer(
            RegistryConnection registry, String key, Compression compression, String what, StoredLayer.Content content)
            throws IOException {
        KnownLayers known = new KnownLayers(home, compression);
        Optional<StoredLayer> before = known.find(key);
        if (before.isPresent() && registry.has(before.get().descriptor())) {
            return before.get();
        }
        progress.advance("compressing " + what, 0, 0);
        Path file = Files.createTempFile(scratch, "layer", "");
        StoredLayer layer = StoredLayer.write(content, compression, file);
        progress.advance("compressing " + what, 1, 1);
        if (!registry.has(layer.descriptor())) {
            registry.upload(
                    layer.descriptor(), to -> Files.copy(file, to), Optional.empty(), progress, "pushing " + what);
        }
        Files.delete(file);
        known.remember(key, layer);
        return layer;
    }
}
