package dev.paddock.evidence;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a log what one connection does. Thread-safe. */
record Recorder(StatementLog log, int connection) {

    void succeeded(long startedNanos, String sql, List<@Nullable Object[]> parameters, int batch, long rows) {
        long took = System.nanoTime() - startedNanos;
        log.add(new Event(startedNanos, took, connection, sql, parameters, batch, rows, null, null));
    }

    void failed(long startedNanos, String sql, List<@Nullable Object[]> parameters, int batch, Throwable failure) {
        long took = System.nanoTime() - startedNanos;
        Throwable told = failure;
        // A batch's failure quotes the whole batch; the one behind it is what the server said.
        if (failure instanceof java.sql.BatchUpdateException whole && whole.getNextException() != null) {
            told = whole.getNextException();
        }
        String state = told instanceof SQLException sqlFailure ? sqlFailure.getSQLState() : null;
        String message = told.getMessage();
        log.add(new Event(
                startedNanos,
                took,
                connection,
                sql,
                parameters,
                batch,
                Event.UNKNOWN,
                state,
                Parameter.cut(message == null ? told.getClass().getName() : message)));
    }
}
