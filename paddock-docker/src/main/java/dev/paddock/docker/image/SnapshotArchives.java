package dev.paddock.docker.image;

import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * Snapshots as archives for containers that unpack one into memory. Made when a server is first to be such a clone, and kept beside the data until
 * the snapshot goes. Thread-safe, and shared by any number of processes.
 */
public record SnapshotArchives(PaddockHome home) {
    private static final String FILE = "data.tar";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What a container finds in one belongs to whoever unpacks it. */
    private static final Owner NOBODY_YET = new Owner(0, 0);

    private static final int BUFFER = 1 << 20;

    /** @throws PaddockException if it can't be made */
    public Path of(Snapshot snapshot) {
        Path archive = snapshot.folder().resolve(FILE);
        if (Files.exists(archive)) {
            return archive;
        }
        try (FileLockScope lock = FileLockScope.acquire(home, "archive-" + snapshot.id(), PATIENCE)) {
            if (!Files.exists(archive)) {
                make(snapshot, archive);
            }
            return archive;
        } catch (NoSuchFileException gone) {
            throw new PaddockException("the snapshot " + snapshot.label() + " was removed meanwhile", null, gone);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't pack the snapshot " + snapshot.label() + ": " + failure.getMessage(),
                    "look at the free space; PADDOCK_HOME names another place",
                    failure);
        }
    }

    private static void make(Snapshot snapshot, Path archive) throws IOException {
        Path draft = archive.resolveSibling(FILE + ".draft");
        // Of somebody who was killed.
        Files.deleteIfExists(draft);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), BUFFER)) {
                DataArchive.write(snapshot.data(), "/.", NOBODY_YET, out);
            }
            // A container's user has a number of its own; nobody else passes through the folders above.
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
