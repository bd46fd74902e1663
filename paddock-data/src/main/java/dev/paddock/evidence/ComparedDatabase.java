package dev.paddock.evidence;

import dev.paddock.database.Database;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One side of a comparison: a connection that only reads, waits for nobody and stops in time. Not thread-safe. */
final class ComparedDatabase implements AutoCloseable {
    // What a database may be set to, and what would make equal values look different.
    private static final String SETTINGS = "SET search_path = ''; SET default_transaction_read_only = on;"
            + " SET application_name = 'paddock evidence'; SET lock_timeout = '200ms'; SET DateStyle = 'ISO, YMD';"
            + " SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1";

    private final Connection connection;
    private final Deadline deadline;

    private ComparedDatabase(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** By a data source of its own, so that no statement log or leak check sees it. */
    static ComparedDatabase open(Database database, Deadline deadline) {
        try {
            Connection connection =
                    Database.of(database.connection()).dataSource().getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
                return new ComparedDatabase(connection, deadline);
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw new PaddockException(
                    "the database " + database.name() + " can't be compared: " + failure.getMessage(), failure);
        }
    }

    /** All rows of a query, as text. */
    List<List<@Nullable String>> rows(String sql) throws NotComparedException {
        return rows(sql, List.of());
    }

    /** The same with one parameter, an array of texts. */
    List<List<@Nullable String>> rows(String sql, List<String> texts) throws NotComparedException {
        limitTime();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!texts.isEmpty()) {
                statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
            }
            try (ResultSet found = statement.executeQuery()) {
                int columns = found.getMetaData().getColumnCount();
                List<List<@Nullable String>> rows = new ArrayList<>();
                while (found.next()) {
                    List<@Nullable String> row = new ArrayList<>(columns);
                    for (int column = 1; column <= columns; column++) {
                        row.add(found.getString(column));
                    }
                    rows.add(row);
                }
                return rows;
            }
        } catch (SQLException failure) {
            throw reason(failure);
        }
    }

    // One statement may take half of what is left, so that a slow table leaves time for the others.
    private void limitTime() throws NotComparedException {
        long left = deadline.remaining().toMillis();
        if (left == 0) {
            throw new NotComparedException("too slow");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + Math.max(1, left / 2));
        } catch (SQLException failure) {
            throw reason(failure);
        }
    }

    private static NotComparedException reason(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("08") || state.startsWith("57P")) {
            throw new PaddockException("the databases can't be compared any further: " + failure.getMessage(), failure);
        }
        return new NotComparedException(
                switch (state) {
                    case "57014" -> "too slow";
                    case "55P03" -> "locked by a transaction that is still open";
                    default -> String.valueOf(failure.getMessage());
                },
                failure);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // Nothing was written: there is nothing to lose.
        }
    }
}
