package dev.paddock.embedded.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder in which something is made, to appear under its final name at once or not at all. The name carries the process
 * that makes it, and a lock in it says that it is still at it: what a killed one has left is removed by the next that
 * stages here. Whoever opens it closes it.
 */
final class Staging implements AutoCloseable {
    private static final String PREFIX = ".staging-";
    private static final String UNLOCKED = ".unlocked-";
    private static final String LOCK = "lock";
    private static final Duration UNLOCKED_IS_DEAD = Duration.ofHours(1);

    private final Path folder;
    private final CacheLock lock;

    private Staging(Path folder, CacheLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** In the folder that the finished thing shall be in. */
    static Staging open(Path parent) throws IOException {
        sweep(parent);
        String name = ownMark() + UUID.randomUUID();
        // Under another name until it is locked: what has the final one without a lock on it is certainly abandoned.
        Path unlocked = Files.createDirectory(parent.resolve(UNLOCKED + name));
        CacheLock lock = CacheLock.take(unlocked.resolve(LOCK));
        Path folder = Files.move(unlocked, parent.resolve(PREFIX + name), StandardCopyOption.ATOMIC_MOVE);
        Staging staging = new Staging(folder, lock);
        Files.createDirectory(staging.tree());
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(staging.tree(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return staging;
    }

    /** Make it here. */
    Path tree() {
        return folder.resolve("tree");
    }

    /** Gives it its name, unless another has been quicker: then that one stays. */
    void publish(Path target) throws IOException {
        try {
            Files.move(tree(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException never) {
            throw never;
        } catch (FileSystemException taken) {
            if (!Files.isDirectory(target)) {
                throw taken;
            }
        }
    }

    @Override
    public void close() {
        delete(folder);
        lock.close();
    }

    private static void sweep(Path parent) throws IOException {
        List<Path> found;
        try (Stream<Path> children = Files.list(parent)) {
            found = children.toList();
        }
        String own = PREFIX + ownMark();
        for (Path each : found) {
            String name = each.getFileName().toString();
            if (name.startsWith(UNLOCKED) && age(each).compareTo(UNLOCKED_IS_DEAD) > 0) {
                delete(each);
            } else if (name.startsWith(PREFIX) && !name.startsWith(own)) {
                // Not this process's own: to open and close a lock file here would free it.
                deleteIfAbandoned(each);
            }
        }
    }

    private static void deleteIfAbandoned(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Optional<CacheLock> free = CacheLock.tryTake(folder.resolve(LOCK));
        if (free.isPresent()) {
            delete(folder);
            free.get().close();
        }
    }

    private static Duration age(Path folder) throws IOException {
        try {
            return Duration.between(Files.getLastModifiedTime(folder).toInstant(), Instant.now());
        } catch (NoSuchFileException gone) {
            return Duration.ZERO;
        }
    }

    /** The process and when it started, for numbers of processes come again, and in each container. */
    private static String ownMark() {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return self.pid() + "-" + started + "-";
    }

    /** As far as it goes: what can't be removed now is found by the next sweep. */
    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            // The lock last: half-removed, it must still be known for what it is.
            for (Path each : all.sorted(Comparator.<Path>reverseOrder()).toList()) {
                if (!each.equals(folder.resolve(LOCK))) {
                    deleteOne(each);
                }
            }
        } catch (IOException | UncheckedIOException inUse) {
            return;
        }
        deleteOne(folder.resolve(LOCK));
        deleteOne(folder);
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException notEmpty) {
            // Then something in it remains, and it is tried again at the next sweep.
        }
    }
}
