package dev.paddock.closing;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The steps that give back what was opened. Closing runs all of them, the last added first, whatever fails on the way, and then throws
 * the first failure with the others suppressed. A step that failed is tried again by the next close, one that is done is not. What is
 * added after closing is closed at once. Thread-safe: who comes while another closes waits for that.
 *
 * <p>An interrupt doesn't stop it: each step has a time limit of its own, and what is left undone would be left behind. The flag is
 * set again afterwards.
 */
public final class Closer implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private boolean closed;

    /** Adds a step, to be run before those that were added earlier. */
    public synchronized void add(Runnable step) {
        steps.push(step);
        if (closed) {
            close();
        }
    }

    /** Whether everything was closed, without a failure. */
    public synchronized boolean isDone() {
        return closed && steps.isEmpty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            runAll();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void runAll() {
        Deque<Runnable> failed = new ArrayDeque<>();
        Throwable failure = null;
        while (!steps.isEmpty()) {
            Runnable step = steps.pop();
            try {
                step.run();
            } catch (RuntimeException | Error reason) {
                failed.addLast(step);
                failure = and(failure, reason);
            }
        }
        steps.addAll(failed);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static Throwable and(@Nullable Throwable first, Throwable another) {
        if (first == null) {
            return another;
        }
        if (first != another) {
            first.addSuppressed(another);
        }
        return first;
    }

    /** Closes all, the first of them first. */
    public static void closeAll(Iterable<? extends Runnable> steps) {
        Closer closer = new Closer();
        steps.forEach(closer.steps::addLast);
        closer.close();
    }

    /**
     * Gives something back since something else has failed: {@code throw Closer.after(failure, server::close)}.
     *
     * @return the failure, with that of the step suppressed if it fails too
     */
    public static <T extends Throwable> T after(T failure, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error another) {
            and(failure, another);
        }
        return failure;
    }
}
