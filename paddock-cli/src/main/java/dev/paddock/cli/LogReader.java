package dev.paddock.cli;

import dev.paddock.cli.terminal.Terminal;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Copies a growing log to standard output. Not thread-safe. */
final class LogReader {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final ServerLog log;
    private final Terminal terminal;
    private long position;

    LogReader(ServerLog log, Terminal terminal) {
        this.log = log;
        this.terminal = terminal;
    }

    /** All that is new since the last time. */
    void copy() {
        try {
            position = log.copy(position, terminal.textOut());
        } catch (IOException failure) {
            throw new PaddockException("can't copy the log: " + failure.getMessage(), failure);
        }
    }

    /** All that comes, until the server has ended or nobody reads any more. */
    void follow(BooleanSupplier isAlive) {
        Deadline.in(LONGEST).await(() -> {
            boolean wasAlive = isAlive.getAsBoolean();
            copy();
            return !wasAlive || !terminal.isDelivered();
        });
    }
}
