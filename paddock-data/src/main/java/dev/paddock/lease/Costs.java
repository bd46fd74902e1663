package dev.paddock.lease;

import java.time.Duration;
import org.slf4j.LoggerFactory;

/** What it took lately to make a database in each way, by which the next way is chosen. Thread-safe. */
final class Costs {
    private final boolean copies;
    private double server = Double.NaN;
    private double database = Double.NaN;
    private Way chosen;

    /** @param copies whether the snapshot holds copies, which nothing beats */
    Costs(boolean copies) {
        this.copies = copies;
        this.chosen = copies ? Way.COPIES_IN_SNAPSHOT : Way.CREATE_DATABASE;
    }

    synchronized void serverTook(Duration time) {
        server = smoothed(server, time);
        choose();
    }

    synchronized void databaseTook(Duration time) {
        database = smoothed(database, time);
        choose();
    }

    synchronized Way way() {
        return chosen;
    }

    private void choose() {
        if (copies || Double.isNaN(server) || Double.isNaN(database)) {
            return;
        }
        // With some inertia, so that two that are about equal don't take turns.
        double bias = chosen == Way.CREATE_DATABASE ? 1.3 : 1 / 1.3;
        Way better = database > server * bias ? Way.SERVER_CLONE : Way.CREATE_DATABASE;
        if (better != chosen) {
            LoggerFactory.getLogger(DatabasePool.class)
                    .info(
                            "databases come by {} from now on: that takes {} ms, and {} ms by {}",
                            better,
                            Math.round(better == Way.SERVER_CLONE ? server : database),
                            Math.round(better == Way.SERVER_CLONE ? database : server),
                            chosen);
            chosen = better;
        }
    }

    private static double smoothed(double average, Duration time) {
        double latest = time.toNanos() / 1e6;
        return Double.isNaN(average) ? latest : 0.7 * average + 0.3 * latest;
    }
}
