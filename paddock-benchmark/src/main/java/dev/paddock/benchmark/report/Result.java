package dev.paddock.benchmark.report;

import java.util.List;

/**
 * What the samples of one metric of one subject amount to.
 *
 * @param benchmark {@code server}, {@code database}, {@code docker} or {@code cli}
 * @param n how many samples; percentiles of fewer than a hundred are to be read as such
 */
public record Result(
        String benchmark,
        String metric,
        String subject,
        Unit unit,
        int n,
        double min,
        double p50,
        double p99,
        double max) {

    /** @param samples at least one */
    static Result of(String benchmark, String metric, String subject, Unit unit, List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        return new Result(
                benchmark,
                metric,
                subject,
                unit,
                sorted.size(),
                sorted.get(0),
                percentile(sorted, 50),
                percentile(sorted, 99),
                sorted.get(sorted.size() - 1));
    }

    /** By nearest rank: always a value that was measured. */
    private static double percentile(List<Double> sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }
}
