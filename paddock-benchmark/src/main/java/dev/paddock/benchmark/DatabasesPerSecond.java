package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Lendings;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Unit;
import java.time.Duration;
import java.util.Set;

/**
 * How many tests get a database of their own and use it, if each begins as soon as the one before it has ended.
 *
 * @param variant behind the name of the metric
 * @param tests in a turn of Paddock's
 * @param fewer in a turn of the others
 */
record DatabasesPerSecond(String variant, Content content, int threads, int rounds, int tests, int fewer)
        implements Measurement<Lendings> {
    private static final String METRIC = "databases_per_second";

    @Override
    public Set<String> metrics() {
        return Set.of(METRIC + variant);
    }

    @Override
    public void run(Lendings subjects, Turns turns, Recorder recorder) {
        try (OpenLenders lenders = OpenLenders.of(content, subjects.all(), turns)) {
            turns.take(METRIC + variant, lenders.all(), 1, rounds, recorder, subject -> turn(subject, recorder));
        }
    }

    private void turn(OpenLenders.Opened subject, Recorder recorder) {
        int each = (subject.isOwn() ? tests : fewer) / threads;
        Stopwatch watch = Stopwatch.started();
        int done = new PacedTests(content, threads, each, Duration.ZERO)
                .run(subject.lender())
                .size();
        recorder.add(
                METRIC + variant,
                subject.name(),
                Unit.PER_S,
                done / (watch.read().toNanos() / 1e9));
        LeaseLatency.rest();
    }
}
