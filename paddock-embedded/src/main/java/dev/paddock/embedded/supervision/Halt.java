package dev.paddock.embedded.supervision;

import dev.paddock.closing.Closer;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Processes that are stopped until this is closed. A shell stops them and lets them go on, when this process tells it to or dies in
 * whatever way: else a server would stand still for ever. Where that shell is killed, this process lets them go on. Not thread-safe.
 */
public final class Halt implements AutoCloseable {
    /**
     * The end of its input is the end of the halt. With an account all that runs under that is signalled, so that no process that is made
     * meanwhile gets past it; by somebody who does nothing if the keeper has been killed, for nobody would undo it.
     */
    private static final String KEEPER = """
            trap '' INT TERM HUP QUIT TSTP PIPE
            account=$1
            signal() {
              name=$1
              shift
              if [ -n "$account" ]; then
                setpriv --reuid="$account" --clear-groups sh -c "test \\$PPID = $$ && kill -s $name -- -1"
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
            # It says 1 if some of them have ended.
            [ $? -le 1 ]
            """;

    private static final Duration FOR_A_SIGNAL = Duration.ofSeconds(3);

    private final Process keeper;
    private final OptionalInt account;
    private final Set<Long> told = new LinkedHashSet<>();
    private final Writer pids;
    private final BufferedReader answers;
    private boolean answered = true;

    private Halt(Process keeper, OptionalInt account) {
        this.keeper = keeper;
        this.account = account;
        this.pids = keeper.outputWriter(StandardCharsets.US_ASCII);
        this.answers = keeper.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * One that nothing has been told yet.
     *
     * @param account that nobody else's process runs under, if there is one
     */
    public static Halt begin(OptionalInt account) {
        List<String> command = new ArrayList<>();
        if (Files.isDirectory(Path.of("/proc/self"))) {
            // What ends this process with all of its group, as Ctrl-\\ in a terminal does, is not to reach it.
            command.add("setsid");
        }
        command.addAll(List.of(
                "sh", "-c", KEEPER, "paddock", account.isPresent() ? Integer.toString(account.getAsInt()) : ""));
        try {
            return new Halt(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    account);
        } catch (IOException failure) {
            throw new PaddockException("can't run " + command.get(0) + ": " + failure.getMessage(), failure);
        }
    }

    /** Tells these to stop, or all of the account. Returns when they have been told, which is not yet when they stand. */
    public void stop(List<Long> more) {
        told.addAll(more);
        answered = false;
        try {
            pids.write(more.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n")));
            pids.flush();
            if (!isAnswered() && !isAnsweredWithoutSignallers()) {
                throw new PaddockException("the process that keeps a server still doesn't answer");
            }
            if (answers.readLine() == null) {
                throw new PaddockException("the process that keeps a server still has ended");
            }
            answered = true;
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

    /**
     * Returns when all go on. An interrupt doesn't stop it.
     *
     * @throws PaddockException if one doesn't go on
     */
    @Override
    public void close() {
        Closer.closeAll(List.of(this::end));
    }

    private void end() {
        try {
            pids.close();
        } catch (IOException gone) {
            // It is the end of its input that it waits for.
        }
        if (!answered || !hasDoneItsWork()) {
            letGo();
        }
    }

    private boolean hasDoneItsWork() {
        try {
            return keeper.waitFor(FOR_A_SIGNAL.toMillis(), TimeUnit.MILLISECONDS) && keeper.exitValue() == 0;
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", again);
        }
    }

    /** In the place of a keeper that was killed, or that somebody has stopped. Nobody is left then who could stop them again for it. */
    private void letGo() {
        List<ProcessHandle> signallers = keeper.descendants().toList();
        keeper.destroyForcibly();
        signallers.forEach(ProcessHandle::destroyForcibly);
        Deadline.in(FOR_A_SIGNAL).await(() -> {
            Processes.resume(all());
            return standing().isEmpty();
        });
        for (long pid : standing()) {
            throw new PaddockException(
                    "the process " + pid + " of a server, which was stopped for a moment, doesn't go on",
                    "let it go on with: kill -CONT " + pid);
        }
    }

    private List<Long> all() {
        return account.isPresent() ? Processes.of(account.getAsInt()).toList() : List.copyOf(told);
    }

    private List<Long> standing() {
        return all().stream().filter(ProcessStamp::isStopped).toList();
    }
}
