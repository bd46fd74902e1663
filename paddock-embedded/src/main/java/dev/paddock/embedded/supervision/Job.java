package dev.paddock.embedded.supervision;

import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that a supervisor runs. Thread-safe. */
public final class Job {
    /** The exit code that stands for: it never came to running the program. */
    public static final int NOT_STARTED = 71;
    /** That stands for: there is no account number for it. */
    private static final int WITHOUT_NUMBER = 72;

    private static final int UNTOLD = 137;
    private static final long GLANCE = 250;

    private final int id;
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CompletableFuture<Boolean> stoppable = new CompletableFuture<>();

    private volatile boolean expired;

    Job(int id) {
        this.id = id;
    }

    /** Its number at its supervisor. */
    public int id() {
        return id;
    }

    /** Completes when it ended, with its exit code. */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /** Its process id as everybody else sees it, once it has one; 0 if it ended before that. */
    public long pid() {
        return pid.getNow(0L);
    }

    boolean isStoppable() {
        return stoppable.isDone() || exit.isDone();
    }

    void whenStoppable(Runnable reaction) {
        var unused = stoppable.thenRun(reaction);
    }

    void whenEnded(Runnable reaction) {
        var unused = exit.thenRun(reaction);
    }

    public boolean isRunning() {
        return !exit.isDone();
    }

    /** @throws PaddockException if it is still running then */
    public int awaitExit(Deadline deadline, String what) {
        if (!hasEnded(deadline)) {
            throw new PaddockException(what + " takes too long");
        }
        return exit.join();
    }

    /** Whether it has, at the latest then. */
    boolean hasEnded(Deadline deadline) {
        while (true) {
            try {
                exit.get(Math.min(GLANCE, deadline.remaining().toMillis() + 1), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException stillRunning) {
                if (pid() != 0 && ProcessStamp.of(pid()).isEmpty()) {
                    // Somebody killed the one who was to tell.
                    exit.complete(UNTOLD);
                } else if (deadline.isOver()) {
                    return false;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new PaddockException("interrupted while waiting for the end of a server", interrupted);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** @throws PaddockException if it has ended because there was no account number that no other server has; {@code log} tells why */
    public static void requireNumbered(int code, List<String> log) {
        if (code == WITHOUT_NUMBER) {
            throw new PaddockException(
                    "the server gets no account number of its own: " + String.join("; ", log),
                    "end other servers, give data that was copied a number of its own with chown -R, install util-linux, which has flock,"
                            + " or run Paddock as an ordinary user");
        }
    }

    void hasPid(long number) {
        pid.complete(number);
    }

    void started() {
        stoppable.complete(true);
    }

    /** Whether it was ended because its time to live was over. */
    public boolean isExpired() {
        return expired;
    }

    void expired() {
        expired = true;
    }

    void exited(int code) {
        exit.complete(code);
    }
}
