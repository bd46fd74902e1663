package dev.paddock.benchmark;

import dev.paddock.benchmark.container.ContainerSubjects;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Result;
import dev.paddock.model.InvalidSpecException;
import java.util.List;

/** Servers in containers: of Paddock, of Testcontainers, and run by hand. */
final class DockerBenchmark {
    private final Options options;
    private final Turns turns = new Turns(System.err);

    DockerBenchmark(Options options) {
        this.options = options;
    }

    /** Measures for minutes. What can't be measured here is missing from the results. */
    List<Result> run() {
        List<Measurement<ContainerSubjects>> measurements = measurements().stream()
                .filter(each -> options.only().map(each.metrics()::contains).orElse(true))
                .toList();
        if (measurements.isEmpty()) {
            throw new InvalidSpecException("'" + options.only().orElse("") + "' is not a metric", Options.USAGE);
        }
        Recorder recorder = new Recorder("docker");
        try (ContainerSubjects subjects = ContainerSubjects.open()) {
            for (Measurement<ContainerSubjects> measurement : measurements) {
                turns.attempt(
                        String.join(", ", measurement.metrics()), () -> measurement.run(subjects, turns, recorder));
            }
        }
        return recorder.results();
    }

    private List<Measurement<ContainerSubjects>> measurements() {
        return List.of(
                new ContainerStarts(options.runs(20)),
                new PooledStarts(options.runs(20)),
                new ContainerLeases(Math.min(3, options.runs(3)), 64),
                new LargeSnapshotStarts(Math.min(10, options.runs(10))));
    }

    /** Whether nothing is missing from the results. */
    boolean isComplete() {
        return turns.isComplete();
    }
}
