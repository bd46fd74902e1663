package dev.paddock.evidence;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Statements as a script, with what is known of each in comments. */
final class StatementsText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private StatementsText() {}

    /** All lines; none if there are no statements. */
    static List<String> of(Evidence evidence) {
        List<String> lines = new ArrayList<>();
        if (evidence.dropped() > 0) {
            lines.add("-- " + evidence.dropped() + " older statements were forgotten.");
            lines.add("");
        }
        long number = evidence.dropped();
        for (LoggedStatement statement : evidence.statements()) {
            lines.addAll(of(++number, statement));
            lines.add("");
        }
        return lines;
    }

    static List<String> of(long number, LoggedStatement statement) {
        List<String> lines = new ArrayList<>();
        StringBuilder head =
                new StringBuilder("-- ").append(number).append(": ").append(TIME.format(statement.at()));
        head.append(", took ").append(milliseconds(statement.took()));
        head.append(", connection ").append(statement.connection());
        statement.rows().ifPresent(rows -> head.append(rows == 1 ? ", 1 row" : ", " + rows + " rows"));
        if (statement.batch() > 0) {
            head.append(", batch of ").append(statement.batch());
        }
        lines.add(head.toString());
        for (List<String> set : statement.parameters()) {
            comment(lines, "parameters: " + String.join(", ", set));
        }
        if (statement.batch() > statement.parameters().size()
                && !statement.parameters().isEmpty()) {
            lines.add("-- … and " + (statement.batch() - statement.parameters().size()) + " more sets");
        }
        String sql = statement.sql().strip();
        (sql.endsWith(";") ? sql : sql + ";").lines().forEach(lines::add);
        statement
                .failure()
                .ifPresent(failure -> comment(
                        lines,
                        "failed"
                                + failure.sqlState()
                                        .map(state -> " with " + state)
                                        .orElse("") + ": " + failure.message()));
        return lines;
    }

    private static void comment(List<String> lines, String text) {
        text.lines().forEach(line -> lines.add("-- " + line));
    }

    private static String milliseconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
    }
}
