package dev.paddock.benchmark.lending;

import dev.paddock.model.PaddockException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What is in a template, and how to tell a database made from it that nobody has used. Immutable.
 *
 * @param label for people
 * @param statements that make it, in order
 * @param migrations where on the class path the statements are, if they are migrations named as Flyway wants it
 * @param check a query whose one value shows that all is there and nothing of other tests
 * @param pristine that value
 * @param mark what a test leaves behind that {@code check} would notice
 * @param fillable whether it may be made; otherwise it must be there already, and to make it is a failure
 */
public record Content(
        String label,
        List<String> statements,
        Optional<String> migrations,
        String check,
        String pristine,
        List<String> mark,
        boolean fillable) {

    public Content {
        statements = List.copyOf(statements);
        mark = List.copyOf(mark);
    }

    /** The same, but never to be made anew. */
    public Content mustExist() {
        return new Content(label, statements, migrations, check, pristine, mark, false);
    }

    /** Equal for equal statements, in every JVM. */
    String key() {
        return label.replaceAll("\\W", "_") + "_"
                + Integer.toHexString(String.join("\n", statements).hashCode());
    }

    void fill(DataSource database) throws SQLException {
        if (!fillable) {
            throw new PaddockException("the content '" + label + "' was to be there, but is being made anew");
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /**
     * Requires a database like the template and leaves a mark in it.
     *
     * @throws PaddockException if something is missing, or somebody else's
     */
    public void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(check)) {
                row.next();
                if (!pristine.equals(row.getString(1))) {
                    throw new PaddockException("a database of '" + label + "' that nobody has used holds "
                            + row.getString(1) + " instead of " + pristine);
                }
            }
            for (String each : mark) {
                statement.execute(each);
            }
        }
    }
}
