package dev.paddock.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What can be read once only: a pipe, a named pipe, a terminal. Whoever looks into it has what is gone from it. */
public final class OnceRead {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private OnceRead() {}

    /** Whether it is there, and neither a file that can be read again nor a folder. */
    public static boolean is(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault())
                && Files.exists(path)
                && !Files.isRegularFile(path)
                && !Files.isDirectory(path);
    }

    static InputStream open(Input.Stream pipe) throws IOException {
        return open(pipe, PATIENCE);
    }

    /**
     * Opens it, closed by the caller. To open a named pipe takes until somebody has opened its other end.
     *
     * @throws IOException if nobody has by then, or it can't be read
     */
    static InputStream open(Input.Stream pipe, Duration patience) throws IOException {
        Path path = pipe.path();
        FutureTask<InputStream> opening = new FutureTask<>(pipe::open);
        Thread thread = new Thread(opening, "paddock opens " + path);
        thread.setDaemon(true);
        thread.start();
        try {
            return opening.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException unreadable ? unreadable : new IOException(failure);
        } catch (TimeoutException nobody) {
            release(path, opening);
            throw new IOException("nobody has begun to write to this pipe for " + patience.toSeconds() + " s", nobody);
        } catch (InterruptedException interrupted) {
            release(path, opening);
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted");
        }
    }

    /** Whoever opens both ends lets those go on that wait for one, so that no thread stays behind. */
    private static void release(Path path, FutureTask<InputStream> opening) throws IOException {
        FileChannel both = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            opening.get(1, TimeUnit.SECONDS).close();
        } catch (ExecutionException | TimeoutException | InterruptedException goneAnyway) {
            opening.cancel(false);
        } finally {
            both.close();
        }
    }
}
