package dev.paddock.cli;

import dev.paddock.cli.terminal.Terminal;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Copies a growing log to standard output, byte by byte as it is. Not thread-safe. */
final class LogReader {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Path file;
    private final Terminal terminal;
    private long position;

    LogReader(Path file, Terminal terminal) {
        this.file = file;
        this.terminal = terminal;
    }

    /** All that is new since the last time. */
    void copy() {
        try (FileChannel log = FileChannel.open(file)) {
            log.position(position);
            position += Channels.newInputStream(log).transferTo(terminal.out());
        } catch (NoSuchFileException gone) {
            // With its server.
        } catch (IOException failure) {
            throw new PaddockException("can't read the log " + file + ": " + failure.getMessage(), null, failure);
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
