package dev.paddock.docker.image;

import dev.paddock.home.CheckedFile;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

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
        if (isWhole(archive)) {
            return archive;
        }
        try (FileLockScope lock = FileLockScope.acquire(home, "archive-" + snapshot.id(), PATIENCE)) {
            if (!isWhole(archive)) {
                make(snapshot, archive);
            }
            return archive;
        } catch (NoSuchFileException gone) {
            throw new PaddockException("the snapshot " + snapshot.label() + " was removed meanwhile", gone);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't pack the snapshot " + snapshot.label() + ": " + failure.getMessage(),
                    "look at the free space; PADDOCK_HOME names another place",
                    failure);
        }
    }

    /** Whether it is the file that was made here, to judge by its size and time. */
    private static boolean isWhole(Path archive) {
        try {
            return look(archive).read().equals(Optional.of(described(archive)));
        } catch (IOException none) {
            return false;
        }
    }

    private static CheckedFile look(Path archive) {
        return new CheckedFile(archive.resolveSibling(FILE + ".made"));
    }

    private static String described(Path archive) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(archive, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return facts.isRegularFile() + " " + facts.size() + " " + facts.lastModifiedTime();
    }

    private static void make(Snapshot snapshot, Path archive) throws IOException {
        Path draft = archive.resolveSibling(FILE + ".draft");
        // Of somebody who was killed, or damaged in whatever way.
        Folders.delete(draft);
        Folders.delete(archive);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), BUFFER)) {
                DataArchive.write(snapshot.data(), "/.", NOBODY_YET, out);
            }
            // A container's user has a number of its own; nobody else passes through the folders above.
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r--r--r--"));
            WholeFile.sync(draft);
            Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            look(archive).write(described(archive));
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
