package dev.paddock.benchmark.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps samples in the order in which their metrics and subjects first came. For one thread. */
public final class Recorder {
    private final String benchmark;
    private final Map<Series, List<Double>> samples = new LinkedHashMap<>();
    private boolean recording = true;

    public Recorder(String benchmark) {
        this.benchmark = benchmark;
    }

    /** What {@code warmUp} records is thrown away. */
    public void discarding(Runnable warmUp) {
        recording = false;
        try {
            warmUp.run();
        } finally {
            recording = true;
        }
    }

    public void time(String metric, String subject, Duration taken) {
        add(metric, subject, Unit.MS, taken.toNanos() / 1e6);
    }

    public void add(String metric, String subject, Unit unit, double value) {
        if (recording) {
            samples.computeIfAbsent(new Series(metric, subject, unit), absent -> new ArrayList<>())
                    .add(value);
        }
    }

    public List<Result> results() {
        return samples.entrySet().stream()
                .map(each -> Result.of(
                        benchmark, each.getKey().metric, each.getKey().subject, each.getKey().unit, each.getValue()))
                .toList();
    }

    private record Series(String metric, String subject, Unit unit) {}
}
