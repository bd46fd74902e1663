package dev.paddock.contract;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.LeaseSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What the contract's tests share: the engine of the test that they are nested in, one Paddock for a class, and words to talk to its servers. */
@ExtendWith(EngineContract.Enclosing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Set before the first test, closed after the last. */
    protected Paddock paddock;

    /** What is to fulfil the contract. Set before the first test. */
    protected EngineUnderTest engine;

    /** Finds it. */
    static final class Enclosing implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == EngineUnderTest.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRequiredTestInstances()
                    .findInstance(EngineUnderTest.class)
                    .orElseThrow();
        }
    }

    /** What the class wants of leases. */
    protected LeaseSettings leases() {
        return LeaseSettings.DEFAULT;
    }

    @SuppressWarnings("NullAway.Init")
    protected EngineContract() {}

    @BeforeAll
    final void openEngine(EngineUnderTest enclosing) {
        engine = enclosing;
        paddock = engine.open(leases());
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
    public static PaddockHome sharedHome() {
        return PaddockHome.under(java.nio.file.Path.of("target", "paddock-home").toAbsolutePath());
    }
}
