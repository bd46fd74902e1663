package dev.paddock.cli;

import dev.paddock.cli.terminal.Terminal;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
            position = log.copy(position, whileRead());
        } catch (NobodyReadsException enough) {
            // As after: paddock logs shop | head
            return;
        } catch (IOException failure) {
            throw new PaddockException("can't copy the log: " + failure.getMessage(), failure);
        }
    }

    private OutputStream whileRead() {
        return new FilterOutputStream(terminal.textOut()) {
            @Override
            public void write(byte[] text, int offset, int length) throws IOException {
                out.write(text, offset, length);
                if (!terminal.isDelivered()) {
                    throw new NobodyReadsException();
                }
            }
        };
    }

    private static final class NobodyReadsException extends IOException {
        private static final long serialVersionUID = 1;
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
