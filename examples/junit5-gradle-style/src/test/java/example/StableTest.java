package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.paddock.junit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What is in each database is said once for all tests, in junit-platform.properties. They run at the same time. */
class StableTest {
    @BeforeEach
    void aThirdPonyArrives(@TestDatabase Connection db) throws SQLException {
        run(db, "insert into pony values ('Fjara', 3)");
    }

    @RepeatedTest(4)
    void ponies(@TestDatabase DataSource db) throws SQLException {
        try (Connection connection = db.getConnection()) {
            assertEquals(3, count(connection, "select count(*) from pony"));
            run(connection, "delete from pony");
        }
    }

    @Test
    void noTwoPoniesShareAStall(@TestDatabase Connection db) {
        assertThrows(SQLException.class, () -> run(db, "insert into pony values ('Blesi', 3)"));
    }

    @Test
    void readersShareADatabaseThatNobodyCanWriteTo(@TestDatabase(readOnly = true) Connection db) throws SQLException {
        assertEquals(2, count(db, "select count(*) from pony"));
        assertThrows(SQLException.class, () -> run(db, "delete from pony"));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
