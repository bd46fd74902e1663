package dev.paddock.benchmark;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

/** Snapshots that are large and hold nothing else. */
final class Ballast {
    private Ballast() {}

    /** @param pages of 8 kB; each row fills one, so that the table is as large as it takes the least statements to make it */
    static void snapshot(Paddock paddock, int pages, String name) {
        ServerSpec roomy = ServerSpec.postgres("18").withStorage(new Storage.InMemory(ByteSize.parse("7GB")));
        try (PostgresServer server = paddock.start(roomy);
                Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ballast (id integer, filling text STORAGE PLAIN)");
            // In one transaction with TRUNCATE none of it goes through the log.
            connection.setAutoCommit(false);
            statement.execute("TRUNCATE ballast");
            statement.execute(
                    "INSERT INTO ballast SELECT n, repeat('x', 8000) FROM generate_series(1, " + pages + ") n");
            connection.commit();
            connection.close();
            server.snapshot(name);
        } catch (SQLException failure) {
            throw new PaddockException("can't fill a server: " + failure.getMessage(), failure);
        }
    }

    /**
     * Starts a server, asks it for an answer, and requires its ballast to be there.
     *
     * @param taken told how long it took to the answer
     */
    static void start(Paddock paddock, ServerSpec spec, int pages, Consumer<Duration> taken) {
        Stopwatch starting = Stopwatch.started();
        try (PostgresServer server = paddock.start(spec)) {
            ask(server, "SELECT 1");
            taken.accept(starting.read());
            if (pages > 0) {
                long there = ask(server, "SELECT pg_relation_size('ballast') / 8192");
                if (there < pages) {
                    throw new PaddockException("the clone holds " + there + " pages, not " + pages);
                }
            }
        } catch (SQLException failure) {
            throw new PaddockException("a clone doesn't answer: " + failure.getMessage(), failure);
        }
    }

    private static long ask(PostgresServer server, String query) throws SQLException {
        try (Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
