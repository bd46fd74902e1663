package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.benchmark.subject.Subjects;
import java.util.Set;

/**
 * Many servers, started at once, each from a thread of its own, until all of them answered a query.
 *
 * @param slowRounds turns of those that take a minute for it
 */
record StartMany(int count, int rounds, int slowRounds) implements Measurement<Subjects> {

    @Override
    public Set<String> metrics() {
        return Set.of(metric());
    }

    private String metric() {
        return "start_" + count;
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        int all = Math.min(rounds, slowRounds);
        // Threads by the dozen are a way of their own through the driver and the engine.
        turns.take(metric() + ", warm-up", subjects.quick(), 1, 0, recorder, subject -> turn(subject, recorder));
        turns.take(metric(), subjects.all(), 0, all, recorder, subject -> turn(subject, recorder));
        turns.take(
                metric() + ", more", subjects.quick(), 0, rounds - all, recorder, subject -> turn(subject, recorder));
    }

    private void turn(Subject subject, Recorder recorder) {
        try (Fleet fleet = new Fleet(subject)) {
            recorder.time(metric(), subject.name(), fleet.add(count, count));
        }
    }
}
