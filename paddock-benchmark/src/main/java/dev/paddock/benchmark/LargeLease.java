package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Borrowed;
import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Contents;
import dev.paddock.benchmark.lending.Lendings;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Databases of 1 GB: prepared ahead, and with nothing prepared, each then in a server that has yet to be started; and, to compare, empty
 * ones with nothing prepared.
 */
record LargeLease(int rounds, int all) implements Measurement<Lendings> {
    private static final String AHEAD = "_1gb";
    private static final String NOT_AHEAD = "_1gb_not_ahead";
    private static final String EMPTY = "_empty_not_ahead";
    private static final long NEEDED = 8L << 30;
    private static final Duration TIME = Duration.ofMillis(100);

    @Override
    public Set<String> metrics() {
        return Set.of(
                LeaseLatency.ACQUIRE + AHEAD,
                LeaseLatency.FIRST_QUERY + AHEAD,
                LeaseLatency.RELEASE + AHEAD,
                LeaseLatency.ACQUIRE + NOT_AHEAD,
                LeaseLatency.FIRST_QUERY + NOT_AHEAD,
                LeaseLatency.ACQUIRE + EMPTY,
                LeaseLatency.FIRST_QUERY + EMPTY);
    }

    @Override
    public void run(Lendings subjects, Turns turns, Recorder recorder) {
        if (Machine.memory("MemAvailable").orElse(0) < NEEDED) {
            turns.skip(
                    LeaseLatency.ACQUIRE + AHEAD, "copies of it take " + Unit.BYTES.format(NEEDED) + " of free memory");
            return;
        }
        notAhead(EMPTY, Contents.empty(), subjects, turns, recorder);
        notAhead(NOT_AHEAD, Contents.gigabyte(), subjects, turns, recorder);
        ahead(subjects, turns, recorder);
    }

    private void ahead(Lendings subjects, Turns turns, Recorder recorder) {
        Content content = Contents.gigabyte();
        PacedTests one = new PacedTests(content, 1, 1, TIME);
        try (OpenLenders lenders = OpenLenders.of(content, subjects.large(), turns)) {
            take(
                    AHEAD,
                    lenders,
                    turns,
                    recorder,
                    subject -> one.run(subject.lender())
                            .forEach(waits -> LeaseLatency.record(recorder, AHEAD, subject.name(), waits)));
        }
    }

    /** What is lent is kept until the end, so that nothing returned is there to be lent again. */
    private void notAhead(String variant, Content content, Lendings subjects, Turns turns, Recorder recorder) {
        try (OpenLenders lenders = OpenLenders.of(content, subjects.notAhead(), turns)) {
            List<Borrowed> kept = new ArrayList<>();
            try {
                take(variant, lenders, turns, recorder, subject -> {
                    Stopwatch watch = Stopwatch.started();
                    Borrowed database = subject.lender().borrow();
                    Duration acquired = watch.read();
                    kept.add(database);
                    Duration asked = PacedTests.use(content, database, watch);
                    recorder.time(LeaseLatency.ACQUIRE + variant, subject.name(), acquired);
                    recorder.time(LeaseLatency.FIRST_QUERY + variant, subject.name(), asked);
                });
            } finally {
                kept.forEach(Borrowed::close);
            }
        }
    }

    private void take(
            String variant,
            OpenLenders lenders,
            Turns turns,
            Recorder recorder,
            java.util.function.Consumer<OpenLenders.Opened> turn) {
        int together = Math.min(rounds, all);
        String what = LeaseLatency.ACQUIRE + variant;
        turns.take(what, lenders.all(), 1, together, recorder, turn);
        turns.take(what + ", more", lenders.own(), 0, rounds - together, recorder, turn);
    }
}
