package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Contents;
import dev.paddock.benchmark.lending.Lendings;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Result;
import dev.paddock.model.InvalidSpecException;
import java.util.List;

/** A database for each test: of Paddock, of CREATE DATABASE, alone and prepared ahead, and of zonky. */
final class DatabaseBenchmark {
    private static final int MANY = 8;

    private final Options options;
    private final Turns turns = new Turns(System.err);

    DatabaseBenchmark(Options options) {
        this.options = options;
    }

    /** Measures for minutes. What can't be measured here is missing from the results. */
    List<Result> run() {
        List<Measurement<Lendings>> measurements = measurements().stream()
                .filter(each -> options.only().map(each.metrics()::contains).orElse(true))
                .toList();
        if (measurements.isEmpty()) {
            throw new InvalidSpecException("'" + options.only().orElse("") + "' is not a metric", Options.USAGE);
        }
        Recorder recorder = new Recorder("database");
        try (Lendings subjects = new Lendings()) {
            for (Measurement<Lendings> measurement : measurements) {
                turns.attempt(
                        String.join(", ", measurement.metrics()), () -> measurement.run(subjects, turns, recorder));
            }
        }
        return recorder.results();
    }

    private List<Measurement<Lendings>> measurements() {
        Content tables = Contents.tables();
        Content empty = Contents.empty();
        return List.of(
                latency("", tables, 1),
                latency("_8", tables, MANY),
                latency("_empty", empty, 1),
                latency("_empty_8", empty, MANY),
                perSecond("", tables, 1),
                perSecond("_8", tables, MANY),
                perSecond("_empty_8", empty, MANY),
                new Suite("", 1, Math.min(3, options.runs(3)), 1),
                new Suite("_8", MANY, Math.min(3, options.runs(3)), 1),
                new SecondRun(Math.min(7, options.runs(7)), Math.min(2, options.runs(7))),
                new LargeLease(Math.min(10, options.runs(10)), Math.min(3, options.runs(10))));
    }

    private Measurement<Lendings> latency(String variant, Content content, int threads) {
        return new LeaseLatency(
                variant, content, threads, Math.min(6, options.runs(6)), Math.min(2, options.runs(6)), 64);
    }

    private Measurement<Lendings> perSecond(String variant, Content content, int threads) {
        return new DatabasesPerSecond(variant, content, threads, Math.min(3, options.runs(3)), 400, 40);
    }

    /** Whether nothing is missing from the results. */
    boolean isComplete() {
        return turns.isComplete();
    }
}
