package dev.paddock.benchmark.subject;

import dev.paddock.model.PaddockException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A server of a subject. Closed by whoever started it. */
public interface RunningServer extends AutoCloseable {

    DataSource dataSource();

    int port();

    @Override
    void close();

    /** What proves that it serves. */
    default void query() {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1")) {
            if (!row.next() || row.getInt(1) != 1) {
                throw new PaddockException("the server on port " + port() + " answered SELECT 1 with something else");
            }
        } catch (SQLException failure) {
            throw new PaddockException(
                    "the server on port " + port() + " doesn't answer: " + failure.getMessage(), failure);
        }
    }
}
