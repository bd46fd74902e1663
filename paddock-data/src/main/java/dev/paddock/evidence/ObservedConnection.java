package dev.paddock.evidence;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** A connection whose statements, commits and rollbacks are recorded. As thread-safe as the connection behind it. */
final class ObservedConnection extends Observed {
    private final Connection connection;
    private final Recorder recorder;

    private ObservedConnection(Connection connection, Recorder recorder) {
        super(connection);
        this.connection = connection;
        this.recorder = recorder;
    }

    static Connection of(Connection connection, Recorder recorder) {
        return new ObservedConnection(connection, recorder)
                .proxy(
                        Connection.class,
                        // Some code casts to the driver's inner interface, and it costs nothing to let it.
                        connection instanceof BaseConnection ? BaseConnection.class : Connection.class);
    }

    @Override
    @Nullable
    Object answer(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        Connection self = (Connection) proxy;
        return switch (method.getName()) {
            case "createStatement" ->
                ObservedStatement.of(Statement.class, (Statement) passOn(method, arguments), null, self, recorder);
            case "prepareStatement" ->
                ObservedStatement.of(
                        PreparedStatement.class, (Statement) passOn(method, arguments), sql(arguments), self, recorder);
            case "prepareCall" ->
                ObservedStatement.of(
                        CallableStatement.class, (Statement) passOn(method, arguments), sql(arguments), self, recorder);
            case "getMetaData" -> ObservedMetaData.of((DatabaseMetaData) passOn(method, arguments), self);
            case "commit" -> recorded("COMMIT", method, arguments);
            case "rollback" -> recorded("ROLLBACK" + savepoint(arguments), method, arguments);
            case "setAutoCommit" ->
                endsTransaction(arguments)
                        ? recorded("COMMIT /* by setAutoCommit(true) */", method, arguments)
                        : passOn(method, arguments);
            default -> passOn(method, arguments);
        };
    }

    private static @Nullable String sql(@Nullable Object @Nullable [] arguments) {
        return arguments == null || arguments[0] == null ? null : Parameter.cut((String) arguments[0]);
    }

    private static String savepoint(@Nullable Object @Nullable [] arguments) throws SQLException {
        if (arguments == null || !(arguments[0] instanceof Savepoint savepoint)) {
            return "";
        }
        try {
            return " TO SAVEPOINT " + savepoint.getSavepointName();
        } catch (SQLException unnamed) {
            return " TO SAVEPOINT /* " + savepoint.getSavepointId() + " */";
        }
    }

    private boolean endsTransaction(@Nullable Object @Nullable [] arguments) throws SQLException {
        return arguments != null
                && Boolean.TRUE.equals(arguments[0])
                && !connection.isClosed()
                && !connection.getAutoCommit();
    }

    private @Nullable Object recorded(String sql, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        long started = System.nanoTime();
        try {
            Object answer = passOn(method, arguments);
            recorder.succeeded(started, sql, List.of(), 0, Event.UNKNOWN);
            return answer;
        } catch (Throwable failure) {
            recorder.failed(started, sql, List.of(), 0, failure);
            throw failure;
        }
    }
}
