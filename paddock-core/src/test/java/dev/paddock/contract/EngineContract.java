package dev.paddock.contract;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.home.PaddockHome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What the contract's tests share: one Paddock for a class, and words to talk to its servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Set before the first test, closed after the last. */
    protected Paddock paddock;

    /** Opens the engine that is to fulfil the contract. */
    protected abstract Paddock open();

    @SuppressWarnings("NullAway.Init")
    protected EngineContract() {}

    @BeforeAll
    final void openEngine() {
        paddock = open();
    }

    @AfterAll
    final void closeEngine() {
        paddock.close();
    }

    /** A name that no other test uses. */
    protected static String newName(String prefix) {
        return prefix + "-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }

    /** The first column of the first row, as text; empty if there is no row. */
    protected static String ask(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }

    protected static String ask(PostgresServer server, String sql) throws SQLException {
        return ask(server.database(), sql);
    }

    /** A folder that also another account may pass to, for PostgreSQL has one of its own when the tests run as root. */
    protected static java.nio.file.Path open(java.nio.file.Path temp) throws java.io.IOException {
        return java.nio.file.Files.setPosixFilePermissions(
                temp, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A home that lasts for the build, so that it is filled once. */
    protected static PaddockHome sharedHome() {
        return PaddockHome.under(java.nio.file.Path.of("target", "paddock-home").toAbsolutePath());
    }
}
