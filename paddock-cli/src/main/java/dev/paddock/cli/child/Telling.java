package dev.paddock.cli.child;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Tells a program that it is to end, if it runs yet, or else as soon as it does; and kills it if it takes too long.
 * Thread-safe.
 */
final class Telling {
    private static final long PATIENCE_SECONDS = 10;

    private OptionalInt told = OptionalInt.empty();
    private Optional<Process> running = Optional.empty();

    /** From now on there is somebody to tell. */
    void begin(Process process) {
        boolean late;
        synchronized (this) {
            running = Optional.of(process);
            late = told.isPresent();
        }
        if (late) {
            end(process);
        }
    }

    /** @param code what this process is to answer for it */
    void end(int code) {
        Optional<Process> process;
        synchronized (this) {
            told = OptionalInt.of(code);
            process = running;
        }
        process.ifPresent(Telling::end);
    }

    /** The code of the last time, if there was one. */
    synchronized OptionalInt told() {
        return told;
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
