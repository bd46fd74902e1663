package dev.paddock.benchmark;

import dev.paddock.model.PaddockException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Lets nothing hang: a run that never ends tells less than one with a gap. */
record Patience(Duration limit) {

    /**
     * Runs a step in a thread of its own and waits for it.
     *
     * @throws PaddockException if it takes too long, saying where it was then; it is interrupted, and may go on nevertheless
     */
    void with(Runnable step) {
        FutureTask<Boolean> task = new FutureTask<>(step, true);
        Thread thread = new Thread(task, "turn");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            String where = Arrays.stream(thread.getStackTrace())
                    .map(frame -> System.lineSeparator() + "    at " + frame)
                    .collect(Collectors.joining());
            task.cancel(true);
            throw new PaddockException("it took more than " + limit.toSeconds() + " seconds" + where, late);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new PaddockException(String.valueOf(failure.getCause()), failure);
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while a turn was running", interrupted);
        }
    }
}
