package dev.paddock.oci;

import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.registry.ImageName;
import dev.paddock.oci.registry.RegistryConnection;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Pushes snapshots of the cache to registries as images, and pulls them into it. No engine is needed; one at hand is a place of images too. An
 * image appears in the registry, and a snapshot in the cache, when all of it is there; of what was interrupted before, nothing is found.
 * Thread-safe.
 *
 * <p>Needs {@code com.google.cloud.tools:jib-core} on the class path, and {@code com.github.luben:zstd-jni} for layers that are compressed with
 * zstd.
 */
public final class SnapshotRegistry {
    private static final String LIBRARY = "com.google.cloud.tools.jib.registry.RegistryClient";

    private final PaddockHome home;
    private final SnapshotStore store;
    private final Map<String, String> environment;
    private final Progress progress;

    /** @param environment the user's, which tells where their credentials are */
    public SnapshotRegistry(PaddockHome home, SnapshotStore store, Map<String, String> environment, Progress progress) {
        this.home = home;
        this.store = store;
        this.environment = Map.copyOf(environment);
        this.progress = progress;
    }

    /**
     * Pushes a snapshot.
     *
     * @return the image that it is now, by its digest; in an engine, its id
     * @throws PaddockException with the reason; the tag is as it was before then
     */
    public String push(Snapshot snapshot, PushSpec spec) {
        requireLibrary();
        return inScratch(folder -> new SnapshotPush(home, store, environment, progress, folder).run(snapshot, spec));
    }

    /**
     * Finds out whether a snapshot can be pushed there, for those who have to make it first.
     *
     * @throws PaddockException with the reason if it can't
     */
    public void requireWritable(String to) {
        requireLibrary();
        if (InEngine.parse(to).isPresent()) {
            return;
        }
        ImageName image = ImageName.parse(to);
        try (RegistryConnection registry =
                RegistryConnection.toPush(image, "can't push to " + image, environment, Optional.empty())) {
            registry.requireWritable();
        }
    }

    /**
     * Pulls the snapshot that an image holds: its data, and nothing of the base.
     *
     * @param image {@code REGISTRY/NAME:TAG}, or {@code docker-daemon:NAME:TAG} for one of the engine at hand
     * @param name what to call it; if absent, like the image without where it is
     * @throws PaddockException with the reason; nothing is in the cache that wasn't before then
     */
    public Snapshot pull(String image, Optional<String> name) {
        requireLibrary();
        Optional<InEngine> engine = InEngine.parse(image);
        return inScratch(folder -> {
            SnapshotPull pull = new SnapshotPull(home, store, environment, progress, folder);
            return engine.isPresent() ? pull.run(engine.get(), name) : pull.run(ImageName.parse(image), name);
        });
    }

    private static void requireLibrary() {
        try {
            Class.forName(LIBRARY, false, SnapshotRegistry.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new PaddockException(
                    "registries need a library that isn't on the class path",
                    "add the dependency com.google.cloud.tools:jib-core",
                    absent);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Path folder) throws IOException;
    }

    /** In a folder that is gone afterwards; if this process dies, the next one removes it. */
    private <T> T inScratch(Work<T> work) {
        try {
            Path folder = new Folders().draft(home.cacheFolder("transfers"));
            try {
                return work.in(folder);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't keep what is being moved in " + home.cache() + ": " + failure.getMessage(),
                    "look at the free space there; PADDOCK_HOME names another place",
                    failure);
        }
    }
}
