package dev.paddock.embedded.supervision;

import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Processes that are stopped until this is closed. A shell stops them and lets them go on, when this process tells it to or dies in
 * whatever way: else a server would stand still for ever. Not thread-safe.
 */
public final class Halt implements AutoCloseable {
    /**
     * The end of its input is the end of the halt. With an account all that runs under that is signalled, so that no process that is made
     * meanwhile gets past it.
     */
    private static final String KEEPER = """
            trap '' INT TERM HUP PIPE
            account=$1
            signal() {
              name=$1
              shift
              if [ -n "$account" ]; then
                setpriv --reuid="$account" --clear-groups sh -c "kill -s $name -- -1"
              elif [ $# -gt 0 ]; then
                kill -s "$name" "$@"
              fi
            }
            while read -r pids; do
              stopped="$stopped $pids"
              signal STOP $pids 2>/dev/null
              echo done
            done
            signal CONT $stopped 2>/dev/null
            """;

    private static final long PATIENCE_SECONDS = 10;
    private static final Duration FOR_A_SIGNAL = Duration.ofSeconds(3);

    private final Process keeper;
    private final Writer pids;
    private final BufferedReader answers;

    private Halt(Process keeper) {
        this.keeper = keeper;
        this.pids = keeper.outputWriter(StandardCharsets.US_ASCII);
        this.answers = keeper.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * One that nothing has been told yet.
     *
     * @param account that nobody else's process runs under, if there is one
     */
    public static Halt begin(OptionalInt account) {
        try {
            String number = account.isPresent() ? Integer.toString(account.getAsInt()) : "";
            return new Halt(new ProcessBuilder("sh", "-c", KEEPER, "paddock", number)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException failure) {
            throw new PaddockException("can't run sh: " + failure.getMessage(), failure);
        }
    }

    /** Tells these to stop, or all of the account. Returns when they have been told, which is not yet when they stand. */
    public void stop(List<Long> more) {
        try {
            pids.write(more.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n")));
            pids.flush();
            if (!isAnswered() && !isAnsweredWithoutSignallers()) {
                throw new PaddockException("the process that keeps a server still doesn't answer");
            }
            if (answers.readLine() == null) {
                throw new PaddockException("the process that keeps a server still has ended");
            }
        } catch (IOException gone) {
            throw new PaddockException("the process that keeps a server still has ended: " + gone.getMessage(), gone);
        }
    }

    private boolean isAnswered() {
        return Deadline.in(FOR_A_SIGNAL).await(() -> {
            try {
                return answers.ready() || !keeper.isAlive();
            } catch (IOException gone) {
                return true;
            }
        });
    }

    /** Whoever signals all of an account has its number for a moment, and so may be stopped by those that it is to stop. */
    private boolean isAnsweredWithoutSignallers() {
        keeper.descendants().forEach(ProcessHandle::destroyForcibly);
        return isAnswered();
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
            if (!keeper.waitFor(FOR_A_SIGNAL.toMillis(), TimeUnit.MILLISECONDS)) {
                keeper.descendants().forEach(ProcessHandle::destroyForcibly);
            }
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
