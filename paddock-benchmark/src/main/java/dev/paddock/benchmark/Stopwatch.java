package dev.paddock.benchmark;

import java.time.Duration;

/** Runs from when it is made. */
record Stopwatch(long start) {
    static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    Duration read() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
