package dev.paddock.embedded.supervision;

import dev.paddock.model.PaddockException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Processes that stand still until this is closed. A shell stops them and lets them go on, when this process tells it to or dies in
 * whatever way: else a server would stand still for ever. Not thread-safe.
 */
public final class StandStill implements AutoCloseable {
    /** The end of its input is the end of the stand-still. */
    private static final String KEEPER = """
            trap '' INT TERM HUP PIPE
            while read -r pid; do
              set -- "$@" "$pid"
              kill -s STOP "$pid" 2>/dev/null
              echo $?
            done
            kill -s CONT "$@" 2>/dev/null
            """;

    private static final long PATIENCE_SECONDS = 10;

    private final Process keeper;
    private final Writer pids;
    private final BufferedReader answers;

    private StandStill(Process keeper) {
        this.keeper = keeper;
        this.pids = keeper.outputWriter(StandardCharsets.US_ASCII);
        this.answers = keeper.inputReader(StandardCharsets.US_ASCII);
    }

    /** One that nothing has been told yet. */
    public static StandStill begin() {
        try {
            return new StandStill(new ProcessBuilder("sh", "-c", KEEPER)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException failure) {
            throw new PaddockException("can't run sh: " + failure.getMessage(), null, failure);
        }
    }

    /**
     * Stops a process.
     *
     * @return whether it was there to be stopped
     */
    public boolean stop(long pid) {
        try {
            pids.write(pid + "\n");
            pids.flush();
            return "0".equals(answers.readLine());
        } catch (IOException gone) {
            throw new PaddockException(
                    "the process that keeps a server still has ended: " + gone.getMessage(), null, gone);
        }
    }

    /** Returns when all go on. */
    @Override
    public void close() {
        try {
            pids.close();
        } catch (IOException gone) {
            // It is the end of its input that it waits for.
        }
        try {
            if (!keeper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new PaddockException(
                        "the process " + keeper.pid() + " doesn't let a server go on that it has stopped",
                        "if somebody has stopped it, let it go on with: kill -CONT " + keeper.pid());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
