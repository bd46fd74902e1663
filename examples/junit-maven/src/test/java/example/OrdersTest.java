package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.paddock.junit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A database of its own for each test, with all migrations applied. */
class OrdersTest {
    @TestDatabase(migrations = "classpath:db/migration")
    DataSource db;

    @Test
    void anOrderIsOpenAtFirst() throws SQLException {
        place("saddle", 1);

        assertEquals(1, openOrders());
    }

    @Test
    void aShippedOrderIsNot() throws SQLException {
        place("bridle", 2);
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update orders set shipped = now()");
        }

        assertEquals(0, openOrders());
    }

    @Test
    void nothingCannotBeOrdered() {
        assertThrows(SQLException.class, () -> place("saddle", 0));
    }

    private void place(String item, int quantity) throws SQLException {
        try (Connection connection = db.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into orders (item, quantity) values (?, ?)")) {
            insert.setString(1, item);
            insert.setInt(2, quantity);
            insert.executeUpdate();
        }
    }

    private int openOrders() throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from open_orders")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
