package dev.paddock.lease;

import dev.paddock.database.WrappingSource;
import dev.paddock.evidence.StatementLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens a lease's connections, remembers where each was opened, and hands out the one that was opened ahead. Thread-safe. */
final class LeasedSource extends WrappingSource {
    private static final int OBSERVED_BETWEEN_SWEEPS = 64;

    private final StatementLog statements;
    private final List<Opened> opened = new ArrayList<>();
    private @Nullable Connection ahead;
    private boolean used;
    private boolean closed;

    LeasedSource(DataSource plain, StatementLog statements, @Nullable Connection ahead) {
        super(plain);
        this.statements = statements;
        this.ahead = ahead;
    }

    private record Opened(Connection connection, Throwable where) {}

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = takeAhead();
        if (connection == null) {
            connection = plain().getConnection();
        }
        return register(connection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        requireOpen();
        return register(plain().getConnection(user, password));
    }

    private @Nullable Connection takeAhead() throws SQLException {
        Connection candidate;
        synchronized (this) {
            requireOpen();
            used = true;
            candidate = ahead;
            ahead = null;
        }
        // A test may have had the server end every connection before it asks for one.
        return candidate != null && candidate.isValid(1) ? candidate : null;
    }

    private synchronized void requireOpen() throws SQLException {
        if (closed) {
            // 08003: the connection does not exist.
            throw new SQLException("this database has been returned: its test is over", "08003");
        }
    }

    private synchronized Connection register(Connection connection) throws SQLException {
        if (closed) {
            connection.close();
            requireOpen();
        }
        if (opened.size() % OBSERVED_BETWEEN_SWEEPS == OBSERVED_BETWEEN_SWEEPS - 1) {
            opened.removeIf(each -> isClosed(each.connection()));
        }
        opened.add(new Opened(connection, new Throwable("connection opened")));
        return statements.observe(connection);
    }

    /** Whether anybody has asked it for a connection. */
    synchronized boolean wasUsed() {
        return used;
    }

    /** No more connections from now on. */
    synchronized void close() {
        closed = true;
    }

    /** Closes the connections that were left open, and tells where they were opened. */
    List<Leak> closeLeftOvers() {
        List<Opened> left;
        Connection unused;
        synchronized (this) {
            left = List.copyOf(opened);
            opened.clear();
            unused = ahead;
            ahead = null;
        }
        if (unused != null) {
            close(unused);
        }
        List<Leak> leaks = new ArrayList<>();
        for (Opened each : left) {
            if (!isClosed(each.connection())) {
                leaks.add(new Leak("through its DataSource", Optional.of(each.where())));
                shut(each.connection());
            }
        }
        return leaks;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException broken) {
            return true;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException goneAlready) {
            // That is what was wanted.
        }
    }

    /** Without waiting for whoever is using it. */
    private static void shut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException goneAlready) {
            // That is what was wanted.
        }
    }
}
