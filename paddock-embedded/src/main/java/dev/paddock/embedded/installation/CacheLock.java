package dev.paddock.embedded.installation;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A lock on a file, between the threads and processes of one machine; the system frees it when its process ends, however it
 * ends. It only spares doing things twice: what is made under it is made beside and renamed, so nothing breaks without it.
 * Whoever takes it closes it.
 */
final class CacheLock implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for it, as long as it takes. */
    static CacheLock take(Path file) {
        FileChannel channel = open(file);
        try {
            while (!locked(channel)) {
                // Two threads of one JVM can't wait for each other in the system, so all wait here.
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            return new CacheLock(channel);
        } catch (InterruptedException stop) {
            close(channel);
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while waiting for " + file, null, stop);
        } catch (IOException failure) {
            close(channel);
            throw cannot(file, failure);
        }
    }

    /** Does something while nobody else does anything under the same lock. */
    static <T> T holding(Path file, Supplier<T> work) {
        CacheLock lock = take(file);
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    /** Takes it only if nobody has it. */
    static Optional<CacheLock> tryTake(Path file) {
        FileChannel channel = open(file);
        try {
            if (locked(channel)) {
                return Optional.of(new CacheLock(channel));
            }
            close(channel);
            return Optional.empty();
        } catch (IOException failure) {
            close(channel);
            throw cannot(file, failure);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw cannot(file, failure);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing was written, so nothing can be lost.
        }
    }

    private static PaddockException cannot(Path file, IOException failure) {
        return new PaddockException(
                "can't lock " + file + ": " + failure.getMessage(),
                "set PADDOCK_HOME to a folder of your own on a local disk",
                failure);
    }
}
