package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Borrowed;
import dev.paddock.benchmark.lending.Contents;
import dev.paddock.benchmark.lending.Lendings;
import dev.paddock.benchmark.report.Recorder;
import java.time.Duration;
import java.util.Set;

/**
 * A suite of tests, each with a migrated database of its own, against the same suite on one database that all of them share: what
 * the tests' own databases add to it in all. Templates are built and servers run before either begins.
 *
 * @param variant behind the names of the metrics
 */
record Suite(String variant, int threads, int rounds, int all) implements Measurement<Lendings> {
    private static final String ADDED = "suite_500";
    private static final String OWN = "suite_500_own";
    private static final String SHARED = "suite_500_shared";
    private static final int TESTS = 500;

    @Override
    public Set<String> metrics() {
        return Set.of(ADDED + variant, OWN + variant, SHARED + variant);
    }

    @Override
    public void run(Lendings subjects, Turns turns, Recorder recorder) {
        try (OpenLenders lenders = OpenLenders.of(Contents.shop(), subjects.all(), turns)) {
            int together = Math.min(rounds, all);
            turns.take(
                    ADDED + variant + ", warm-up",
                    lenders.all(),
                    1,
                    0,
                    recorder,
                    subject -> turn(subject, TESTS / 10, recorder));
            turns.take(
                    ADDED + variant, lenders.all(), 0, together, recorder, subject -> turn(subject, TESTS, recorder));
            turns.take(
                    ADDED + variant + ", more",
                    lenders.own(),
                    0,
                    rounds - together,
                    recorder,
                    subject -> turn(subject, TESTS, recorder));
        }
    }

    private void turn(OpenLenders.Opened subject, int tests, Recorder recorder) {
        Duration shared;
        try (Borrowed database = subject.lender().shared()) {
            shared = new ShopTests(tests, threads, false).run(() -> new Unreturned(database));
        }
        LeaseLatency.rest();
        Duration own =
                new ShopTests(tests, threads, true).run(() -> subject.lender().borrow());
        LeaseLatency.rest();
        recorder.time(ADDED + variant, subject.name(), own.minus(shared));
        recorder.time(OWN + variant, subject.name(), own);
        recorder.time(SHARED + variant, subject.name(), shared);
    }

    /** The shared one stays when a test ends. */
    private record Unreturned(Borrowed database) implements Borrowed {
        @Override
        public javax.sql.DataSource dataSource() {
            return database.dataSource();
        }

        @Override
        public void close() {
            // Others go on with it.
        }
    }
}
