package dev.paddock.docker.container;

import com.github.dockerjava.api.model.HostConfig;
import dev.paddock.home.Folders;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.snapshot.LinkInDataException;
import dev.paddock.snapshot.SnapshotStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The data directory that a container packed into the folder that it shares with the host. Unpacked where the container can't reach. */
public final class PackedData {
    /** Where a container sees the archive that it is to unpack. */
    public static final String INSIDE = "/run/paddock-data.tar";

    private static final String FILE = "data.tar";

    private PackedData() {}

    public static boolean isThere(OwnFolder own) {
        return own.isSaid(FILE);
    }

    /** Unpacks it beside the snapshots for as long as it is used; nothing of it is left then. */
    public static <T> T in(OwnFolder own, SnapshotStore store, Function<Path, T> use) {
        return in(own, store, Optional.empty(), use);
    }

    /**
     * Like {@link #in(OwnFolder, SnapshotStore, Function)}, with links to what is already there.
     *
     * @param like data of a snapshot that this may have come from
     */
    public static <T> T in(OwnFolder own, SnapshotStore store, Optional<Path> like, Function<Path, T> use) {
        Path room = store.room();
        Path data = room.resolve("data");
        try {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(taken(own)), 1 << 16)) {
                Files.createDirectory(data);
                // Where the container put something else in its place, more than any disk here has may be said to be in
                // it.
                DataArchive.unpack(in, "./", data, like, data.toFile().getTotalSpace());
            }
            return use.apply(data);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't take the data out of a container: " + failure.getMessage(),
                    LinkInDataException.advice(failure),
                    failure);
        } finally {
            tidy(own);
            tidy(room);
        }
    }

    /** As it is, for another container; until it is tidied up. */
    public static SentData sent(OwnFolder own) {
        return SentData.packed(taken(own));
    }

    private static Path taken(OwnFolder own) {
        return own.take(FILE)
                .orElseThrow(() -> new PaddockException("the container has packed no data", "look at its free space"));
    }

    /**
     * Has a container see an archive of a data directory, which it unpacks into its memory before it does anything else.
     *
     * @param archive with names that begin with {@code ./}, readable by everybody who comes to it
     */
    public static void showTo(HostConfig host, Path archive) {
        HostPaths.shared(host, archive, INSIDE);
    }

    public static void tidy(OwnFolder own) {
        try {
            Files.deleteIfExists(own.file(FILE));
        } catch (IOException leftInFolder) {
            // Which goes with its container.
        }
    }

    private static void tidy(Path room) {
        try {
            Folders.delete(room);
        } catch (IOException inUseStill) {
            // Swept up by the next.
        }
    }
}
