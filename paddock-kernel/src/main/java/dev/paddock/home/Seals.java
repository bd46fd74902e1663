package dev.paddock.home;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Seals what this process makes, and looks once at each folder that it uses, both in the background: nobody waits for a disk who doesn't
 * need to. Thread-safe.
 */
public final class Seals {
    private final Map<Path, FutureTask<Optional<IOException>>> closing = new ConcurrentHashMap<>();
    private final Map<Path, FutureTask<Optional<String>>> looks = new ConcurrentHashMap<>();

    /** Begins to have a folder that was just made written to the disk, and to say so in its seal. */
    public void close(Path folder, Seal.Extent extent, Seal.Making making) {
        var unused = begun(closing, folder, () -> {
            try (making) {
                Seal.of(folder).close(extent);
                return Optional.empty();
            } catch (IOException failure) {
                return Optional.of(failure);
            }
        });
    }

    /** Waits until a folder that this process has made is on the disk. */
    public void await(Path folder) throws IOException {
        FutureTask<Optional<IOException>> task = closing.get(folder);
        Optional<IOException> failure = task == null ? Optional.empty() : result(task);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** The same of all of them, but not for ever: what isn't sealed then is examined by whoever uses it next. */
    public void awaitAll(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (FutureTask<Optional<IOException>> task : closing.values()) {
            try {
                var unused = task.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException unsealed) {
                // Then it stays so.
            }
        }
    }

    /** Begins to look at a folder. */
    public void look(Path folder, Supplier<Optional<String>> examination) {
        var unused = begun(looks, folder, examination);
    }

    /** What is wrong with a folder, as the one look has shown. */
    public Optional<String> damage(Path folder, Supplier<Optional<String>> examination) {
        return result(begun(looks, folder, examination));
    }

    /** What was seen of a folder doesn't hold any more. */
    public void forget(Path folder) {
        looks.remove(folder);
        closing.remove(folder);
    }

    private static <T> FutureTask<T> begun(Map<Path, FutureTask<T>> tasks, Path folder, Supplier<T> work) {
        return tasks.computeIfAbsent(folder, absent -> {
            FutureTask<T> task = new FutureTask<>(work::get);
            Thread thread = new Thread(task, "paddock-seal");
            thread.setDaemon(true);
            thread.start();
            return task;
        });
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while looking at the cache", stop);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }
}
