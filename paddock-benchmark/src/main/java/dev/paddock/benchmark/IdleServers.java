package dev.paddock.benchmark;

import dev.paddock.benchmark.footprint.Footprint;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Unit;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.benchmark.subject.Subjects;
import dev.paddock.time.Deadline;
import java.time.Duration;
import java.util.Set;

/** What each of ten idle servers takes. Processes that serve all ten together count a tenth for each. */
record IdleServers() implements Measurement<Subjects> {
    private static final String MEMORY = "pss_per_server";
    private static final String STORAGE = "private_bytes_per_server";
    private static final int ALIVE = 10;
    /** For what a start sets off and its first query leaves behind. */
    private static final Duration COMING_TO_REST = Duration.ofSeconds(2);

    @Override
    public Set<String> metrics() {
        return Set.of(MEMORY, STORAGE);
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        turns.take(MEMORY, subjects.all(), 0, 1, recorder, subject -> turn(subject, recorder));
    }

    private static void turn(Subject subject, Recorder recorder) {
        try (Fleet fleet = new Fleet(subject)) {
            fleet.add(ALIVE, 2);
            rest();
            Footprint footprint = Footprint.of(fleet.ports(), subject.helpers());
            double share = (double) footprint.shared() / ALIVE;
            footprint.memory().forEach(bytes -> recorder.add(MEMORY, subject.name(), Unit.BYTES, bytes + share));
            footprint.storage().forEach(bytes -> recorder.add(STORAGE, subject.name(), Unit.BYTES, bytes));
        }
    }

    static void rest() {
        Deadline.in(COMING_TO_REST).await(() -> false);
    }
}
