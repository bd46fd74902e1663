package dev.paddock.home;

import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to do one thing that only one thread of one process may do at a time. Held until closed; the kernel takes it back
 * from a process that dies.
 */
public final class FileLockScope implements AutoCloseable {
    /** Through a link, a file would be made elsewhere. */
    private static final Set<OpenOption> FOR_A_LOCK =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final FileChannel channel;

    private FileLockScope(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock called {@code name}. */
    public static FileLockScope acquire(PaddockHome home, String name, Duration patience) {
        return take(home, name, patience)
                .orElseThrow(() -> new PaddockException("another process has held the lock "
                        + home.cacheFolder("locks").resolve(name) + " for " + patience.toSeconds() + " s"));
    }

    /** The lock called {@code name} if nobody has it. */
    public static Optional<FileLockScope> tryAcquire(PaddockHome home, String name) {
        return take(home, name, Duration.ZERO);
    }

    private static Optional<FileLockScope> take(PaddockHome home, String name, Duration patience) {
        Path file = home.cacheFolder("locks").resolve(name);
        FileChannel channel = null;
        try {
            channel = open(file);
            FileChannel opened = channel;
            if (!Deadline.in(patience).await(() -> tryLock(opened) != null)) {
                close(channel);
                return Optional.empty();
            }
            return Optional.of(new FileLockScope(channel));
        } catch (IOException | RuntimeException failure) {
            close(channel);
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new PaddockException(
                    "can't lock " + file + ": " + failure.getMessage(),
                    "see whether that folder can be written to; PADDOCK_HOME names another place",
                    failure);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            // A pipe would keep whoever opens it waiting, and a link leads elsewhere.
            if (isSomethingElse(file)) {
                throw new IOException(file + " is no file");
            }
            return FileChannel.open(file, FOR_A_LOCK);
        } catch (IOException failure) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !(failure instanceof AccessDeniedException)) {
                throw failure;
            }
            // Something has its name that nobody can hold a lock by.
            Folders.delete(file);
            return FileChannel.open(file, FOR_A_LOCK);
        }
    }

    private static boolean isSomethingElse(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        } catch (IOException failure) {
            throw new PaddockException("can't lock a file of the cache: " + failure.getMessage(), failure);
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException nothingToSave) {
            // A lock file has no content.
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
