package dev.paddock.embedded;

import dev.paddock.embedded.storage.Session;
import dev.paddock.model.PaddockException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session that is opened when it is first wanted, in the background if that can be foreseen. Thread-safe. */
final class SharedSession implements AutoCloseable {
    private final Supplier<Session> opener;
    private @Nullable FutureTask<Session> opening;
    private boolean closed;

    SharedSession(Supplier<Session> opener) {
        this.opener = opener;
    }

    /** Begins to open it and returns at once. */
    void prepare() {
        var unused = task();
    }

    /** @throws PaddockException if it can't be opened; it is tried anew the next time */
    Session get() {
        FutureTask<Session> task = task();
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while starting a supervisor", interrupted);
        } catch (ExecutionException failure) {
            forget(task);
            if (failure.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    private synchronized FutureTask<Session> task() {
        if (closed) {
            throw new PaddockException("this Paddock is closed");
        }
        FutureTask<Session> task = opening;
        if (task == null || hasEnded(task)) {
            task = new FutureTask<>(opener::get);
            opening = task;
            Thread thread = new Thread(task, "paddock-session");
            thread.setDaemon(true);
            thread.start();
        }
        return task;
    }

    /** Whether somebody killed the supervisor: whoever comes next shall have a new one. */
    private static boolean hasEnded(FutureTask<Session> task) {
        try {
            return task.isDone() && !task.get().supervisor().isAlive();
        } catch (InterruptedException | ExecutionException unopened) {
            return false;
        }
    }

    private synchronized void forget(FutureTask<Session> failed) {
        if (failed.equals(opening)) {
            opening = null;
        }
    }

    /** Ends all that runs in it. Idempotent. */
    @Override
    public void close() {
        FutureTask<Session> task;
        synchronized (this) {
            closed = true;
            task = opening;
        }
        if (task != null) {
            try {
                task.get().close();
            } catch (ExecutionException neverOpened) {
                // Then there is nothing to close.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new PaddockException("interrupted while stopping servers", interrupted);
            }
        }
    }
}
