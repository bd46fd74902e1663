package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.benchmark.subject.Subjects;
import java.util.List;
import java.util.Set;

/**
 * Many servers, started at once, each from a thread of its own, until all of them answered a query.
 *
 * @param slowRounds turns of those that take a minute for it
 */
record StartMany(int count, int rounds, int slowRounds) implements Measurement {

    static StartMany of(int count, int rounds, int slowRounds) {
        return new StartMany(count, rounds, slowRounds);
    }

    @Override
    public Set<String> metrics() {
        return Set.of(metric());
    }

    private String metric() {
        return "start_" + count;
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        int rest = Math.max(0, rounds - slowRounds);
        List<Subject> quick = subjects.all().stream()
                .filter(each -> !each.name().equals("zonky"))
                .toList();
        turns.take(
                metric(),
                subjects.all(),
                0,
                Math.min(rounds, slowRounds),
                recorder,
                subject -> turn(subject, recorder));
        turns.take(metric() + " of the quick ones", quick, 0, rest, recorder, subject -> turn(subject, recorder));
    }

    private void turn(Subject subject, Recorder recorder) {
        try (Fleet fleet = new Fleet(subject)) {
            recorder.time(metric(), subject.name(), fleet.add(count, count));
        }
    }
}
