package dev.paddock.evidence;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseStatement;

/** A statement whose executions are recorded, prepared or not. As thread-safe as the statement behind it. */
final class ObservedStatement extends Observed {
    private final Statement statement;
    private final @Nullable String prepared;
    private final Connection connection;
    private final Recorder recorder;
    private final ParameterSet parameters = new ParameterSet();
    private final StringBuilder batchedSql = new StringBuilder();

    private ObservedStatement(
            Statement statement, @Nullable String prepared, Connection connection, Recorder recorder) {
        super(statement);
        this.statement = statement;
        this.prepared = prepared;
        this.connection = connection;
        this.recorder = recorder;
    }

    /** The stand-in for {@code statement}; {@code prepared} is its SQL if it has it already. */
    static <T extends Statement> T of(
            Class<T> type,
            @Nullable Statement statement,
            @Nullable String prepared,
            Connection connection,
            Recorder recorder) {
        if (statement == null) {
            throw new IllegalStateException("the driver gave no statement");
        }
        return new ObservedStatement(statement, prepared, connection, recorder)
                .proxy(type, statement instanceof BaseStatement ? BaseStatement.class : type);
    }

    @Override
    @Nullable
    Object answer(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        return switch (name) {
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" -> executed(method, arguments);
            case "executeBatch", "executeLargeBatch" -> batchExecuted(method, arguments);
            case "getConnection" -> {
                passOn(method, arguments);
                yield connection;
            }
            default -> prepared(name, method, arguments);
        };
    }

    private @Nullable Object prepared(String name, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object answer = passOn(method, arguments);
        if (arguments != null && arguments.length > 1) {
            if (arguments[0] instanceof Integer index && name.startsWith("set")) {
                parameters.set(index, captured(name, arguments));
            }
        } else if (name.equals("addBatch")) {
            addBatch(arguments);
        } else if (name.equals("clearParameters")) {
            parameters.clear();
        } else if (name.equals("clearBatch")) {
            clearBatch();
        }
        return answer;
    }

    private static @Nullable Object captured(String setter, @Nullable Object[] arguments) {
        if (setter.equals("setNull")) {
            return null;
        }
        Object value = arguments[1];
        return value instanceof InputStream || value instanceof Reader
                ? Parameter.streamed(arguments.length > 2 ? arguments[2] : null)
                : Parameter.capture(value);
    }

    private @Nullable Object executed(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        boolean own = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
        String sql = own && arguments != null ? Parameter.cut(String.valueOf(arguments[0])) : preparedSql();
        List<@Nullable Object[]> values = own ? List.of() : parameters.ofOne();
        long started = System.nanoTime();
        try {
            Object answer = passOn(method, arguments);
            recorder.succeeded(started, sql, values, 0, rows(answer));
            return answer;
        } catch (Throwable failure) {
            recorder.failed(started, sql, values, 0, failure);
            throw failure;
        }
    }

    private @Nullable Object batchExecuted(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        String sql = prepared == null ? Parameter.cut(batchedSql.toString()) : prepared;
        List<@Nullable Object[]> values = parameters.ofBatch();
        int size = parameters.batchSize();
        long started = System.nanoTime();
        try {
            Object answer = passOn(method, arguments);
            recorder.succeeded(started, sql, values, size, BatchCounts.sum(answer));
            return answer;
        } catch (Throwable failure) {
            recorder.failed(started, sql, values, size, failure);
            throw failure;
        } finally {
            clearBatch();
        }
    }

    private String preparedSql() {
        return prepared == null ? "" : prepared;
    }

    private void addBatch(@Nullable Object @Nullable [] arguments) {
        parameters.addBatch();
        if (arguments != null && batchedSql.length() <= Parameter.LONGEST) {
            batchedSql.append(batchedSql.isEmpty() ? "" : ";\n").append(arguments[0]);
        }
    }

    private void clearBatch() {
        parameters.clearBatch();
        batchedSql.setLength(0);
    }

    /** Only what the driver knows already: nothing is fetched or asked for. */
    private long rows(@Nullable Object answer) {
        try {
            if (answer instanceof Number count) {
                return count.longValue();
            }
            ResultSet found = answer instanceof ResultSet set ? set : statement.getResultSet();
            if (found == null) {
                return statement.getLargeUpdateCount();
            }
            return statement instanceof BaseStatement && !found.isBeforeFirst() ? 0 : Event.UNKNOWN;
        } catch (SQLException unknown) {
            return Event.UNKNOWN;
        }
    }
}
