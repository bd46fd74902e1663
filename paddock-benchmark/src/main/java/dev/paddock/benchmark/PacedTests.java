package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Borrowed;
import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Lender;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests that come as fast as the machine can stand: each takes a database, asks it something, requires it to be like new, changes it,
 * and is busy elsewhere until its time is over.
 *
 * @param each how many each thread runs
 * @param time from when a test has its database until it gives it back
 */
record PacedTests(Content content, int threads, int each, Duration time) {

    /** What one test had to wait for. */
    record Waits(Duration acquire, Duration firstQuery, Duration release) {}

    List<Waits> run(Lender lender) {
        return new Crowd(threads).together(() -> {
            List<Waits> waits = new ArrayList<>();
            for (int test = 0; test < each; test++) {
                waits.add(test(lender));
            }
            return waits;
        });
    }

    private Waits test(Lender lender) {
        Stopwatch acquiring = Stopwatch.started();
        Borrowed database = lender.borrow();
        Duration acquired = acquiring.read();
        Deadline end = Deadline.in(time);
        Duration asked;
        try {
            asked = use(content, database, acquiring);
            end.await(() -> false);
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
        Stopwatch releasing = Stopwatch.started();
        database.close();
        return new Waits(acquired, asked, releasing.read());
    }

    /** @return what the watch said when the first query was answered */
    static Duration use(Content content, Borrowed database, Stopwatch watch) {
        try (Connection connection = database.dataSource().getConnection()) {
            Duration asked;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 1")) {
                row.next();
                asked = watch.read();
            }
            content.use(connection);
            return asked;
        } catch (SQLException failure) {
            throw new PaddockException("a database doesn't do what it should: " + failure.getMessage(), failure);
        }
    }
}
