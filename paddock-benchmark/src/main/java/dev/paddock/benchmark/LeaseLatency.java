package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Lendings;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.time.Deadline;
import java.time.Duration;
import java.util.Set;

/**
 * What a test waits for when it takes a database and when it gives it back, while fifty tests a second do so.
 *
 * @param variant behind the names of the metrics
 * @param rounds Paddock's turns
 * @param all turns of those that may take a minute for it
 * @param tests in each turn, over all threads
 */
record LeaseLatency(String variant, Content content, int threads, int rounds, int all, int tests)
        implements Measurement<Lendings> {
    static final String ACQUIRE = "acquire";
    static final String FIRST_QUERY = "acquire_to_first_query";
    static final String RELEASE = "release";

    /** A test's time, if it is the only one. */
    private static final Duration TIME = Duration.ofMillis(20);

    /** So that nobody's cleaning up is in somebody else's figures. */
    private static final Duration COMING_TO_REST = Duration.ofMillis(300);

    @Override
    public Set<String> metrics() {
        return Set.of(ACQUIRE + variant, FIRST_QUERY + variant, RELEASE + variant);
    }

    @Override
    public void run(Lendings subjects, Turns turns, Recorder recorder) {
        Duration time = TIME.multipliedBy(threads);
        PacedTests warmUp = new PacedTests(content, threads, tests / threads / 4, time);
        PacedTests paced = new PacedTests(content, threads, tests / threads, time);
        try (OpenLenders lenders = OpenLenders.of(content, subjects.all(), turns)) {
            int together = Math.min(rounds, all);
            turns.take(
                    ACQUIRE + variant + ", warm-up",
                    lenders.all(),
                    1,
                    0,
                    recorder,
                    subject -> turn(subject, warmUp, recorder));
            turns.take(
                    ACQUIRE + variant, lenders.all(), 0, together, recorder, subject -> turn(subject, paced, recorder));
            turns.take(
                    ACQUIRE + variant + ", more",
                    lenders.own(),
                    0,
                    rounds - together,
                    recorder,
                    subject -> turn(subject, paced, recorder));
        }
    }

    private void turn(OpenLenders.Opened subject, PacedTests paced, Recorder recorder) {
        paced.run(subject.lender()).forEach(waits -> record(recorder, variant, subject.name(), waits));
        rest();
    }

    static void record(Recorder recorder, String variant, String subject, PacedTests.Waits waits) {
        recorder.time(ACQUIRE + variant, subject, waits.acquire());
        recorder.time(FIRST_QUERY + variant, subject, waits.firstQuery());
        recorder.time(RELEASE + variant, subject, waits.release());
    }

    static void rest() {
        Deadline.in(COMING_TO_REST).await(() -> false);
    }
}
