package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Borrowed;
import dev.paddock.model.PaddockException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Tests of the migrated shop: each connects, places an order of five lines and looks at what came of it.
 *
 * @param tests in all
 * @param own whether each has its database to itself, and is to find nobody else's order in it
 */
record ShopTests(int tests, int threads, boolean own) {
    private static final int LINES = 5;
    private static final int PRODUCTS = 500;

    /** @return from the begin of the first until the last has returned its database */
    Duration run(Supplier<Borrowed> databases) {
        AtomicInteger next = new AtomicInteger();
        Stopwatch watch = Stopwatch.started();
        new Crowd(threads).together(() -> {
            for (int test = next.incrementAndGet(); test <= tests; test = next.incrementAndGet()) {
                try (Borrowed database = databases.get()) {
                    test(database, test);
                }
            }
            return List.<Integer>of();
        });
        return watch.read();
    }

    private void test(Borrowed database, int test) {
        try (Connection connection = database.dataSource().getConnection()) {
            long customer = id(
                    connection,
                    "INSERT INTO customer (email, name) VALUES (?, 'Ada') RETURNING id",
                    "customer" + test + "@example.org");
            long order = id(connection, "INSERT INTO orders (customer) VALUES (?) RETURNING id", customer);
            // Products of its own, for on the shared database nobody is to wait for anybody.
            int firstProduct = test * LINES % PRODUCTS + 1;
            try (PreparedStatement line = connection.prepareStatement(
                    "INSERT INTO order_line (orders, position, product, quantity) VALUES (?, ?, ?, 2)")) {
                for (int position = 0; position < LINES; position++) {
                    line.setLong(1, order);
                    line.setInt(2, position);
                    line.setLong(3, firstProduct + position);
                    line.addBatch();
                }
                line.executeBatch();
            }
            long total = id(connection, "SELECT round(total) FROM order_total WHERE orders = ?", order);
            long orders = id(connection, "SELECT count(*) FROM orders WHERE id > ?", 0L);
            if (total <= 0 || (own && orders != 1)) {
                throw new PaddockException("test " + test + " sees " + orders + " orders, and a total of " + total);
            }
        } catch (SQLException failure) {
            throw new PaddockException("test " + test + " failed: " + failure.getMessage(), failure);
        }
    }

    private static long id(Connection connection, String sql, Object parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
