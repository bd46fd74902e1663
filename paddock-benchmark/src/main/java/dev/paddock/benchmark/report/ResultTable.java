package dev.paddock.benchmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Results as a table for people: a block per metric, and how each subject compares to Paddock or, Paddock, to the floor. */
public final class ResultTable {
    private static final String ROW = "  %-38s %4s %10s %10s %10s %10s  %s%n";

    private ResultTable() {}

    public static String of(List<Result> results) {
        Map<String, List<Result>> byMetric = new LinkedHashMap<>();
        for (Result result : results) {
            byMetric.merge(result.metric(), List.of(result), ResultTable::joined);
        }
        StringBuilder table = new StringBuilder();
        byMetric.forEach((metric, rows) -> {
            table.append(String.format(Locale.ROOT, ROW, metric, "n", "min", "p50", "p99", "max", ""));
            rows.forEach(row -> table.append(line(row, rows)));
            table.append(System.lineSeparator());
        });
        return table.toString();
    }

    private static List<Result> joined(List<Result> some, List<Result> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String line(Result row, List<Result> peers) {
        Unit unit = row.unit();
        return String.format(
                Locale.ROOT,
                ROW,
                row.subject(),
                row.n(),
                unit.format(row.min()),
                unit.format(row.p50()),
                unit.format(row.p99()),
                unit.format(row.max()),
                comparison(row, peers).orElse(""));
    }

    /** Of the medians. */
    static Optional<String> comparison(Result row, List<Result> peers) {
        boolean isPaddock = row.subject().equals("paddock");
        return peers.stream()
                .filter(each -> each.subject().equals(isPaddock ? "floor" : "paddock"))
                .filter(each -> each.p50() > 0 && !row.subject().equals("floor"))
                .findFirst()
                .map(other -> factor(row.p50() / other.p50()) + (isPaddock ? " the floor" : " paddock"));
    }

    /** {@code 1.3×}, {@code 28×}. */
    static String factor(double ratio) {
        return String.format(Locale.ROOT, ratio >= 10 ? "%,.0f×" : ratio >= 0.1 ? "%.1f×" : "%.3f×", ratio);
    }
}
