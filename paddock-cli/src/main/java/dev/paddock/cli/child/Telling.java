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

    /** The exit code of a program that ends by the signal that it is told by. */
    private static final int TERMINATED = 143;

    private OptionalInt told = OptionalInt.empty();
    private boolean isKilled;
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
        process.ifPresent(this::end);
    }

    /**
     * What this process is to answer for a program that was told, or not.
     *
     * @param code that the program exited with
     */
    synchronized int answerTo(int code) {
        return isKilled || code == TERMINATED ? told.orElse(code) : code;
    }

    private void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                synchronized (this) {
                    isKilled = true;
                }
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
