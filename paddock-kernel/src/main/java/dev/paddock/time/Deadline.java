package dev.paddock.time;

import dev.paddock.model.PaddockException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A point in time until which something may be waited for. Immutable and thread-safe; the clock is injected. */
public final class Deadline {
    private static final long FIRST_PAUSE = Duration.ofNanos(400_000).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(100).toNanos();

    private final LongSupplier nanoClock;
    private final long start;
    private final long budget;

    private Deadline(LongSupplier nanoClock, Duration budget) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
        this.budget = budget.toNanos();
    }

    public static Deadline in(Duration budget) {
        return new Deadline(System::nanoTime, budget);
    }

    public static Deadline in(Duration budget, LongSupplier nanoClock) {
        return new Deadline(nanoClock, budget);
    }

    public boolean isOver() {
        return nanoClock.getAsLong() - start >= budget;
    }

    /** What is left of it; zero once it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, budget - (nanoClock.getAsLong() - start)));
    }

    /**
     * Waits until the condition holds. Looks again after a twenty-fourth of the time waited so far, so that short waits are exact
     * and a hundred long ones at once cost little.
     *
     * @return whether the condition held before the deadline
     * @throws PaddockException if the thread is interrupted; its interrupt flag stays set
     */
    public boolean await(BooleanSupplier condition) {
        long begin = nanoClock.getAsLong();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new PaddockException("interrupted while waiting");
            }
            if (isOver()) {
                return false;
            }
            long pause = Math.max(FIRST_PAUSE, Math.min(LONGEST_PAUSE, (nanoClock.getAsLong() - begin) / 24));
            LockSupport.parkNanos(pause);
        }
        return true;
    }
}
