package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.List;

/** The page of a report that is read first: one screen or two, the rest is in the other files. */
final class ReportPage {
    private static final int FAILURE_LINES = 200;
    private static final int DIFFERENCE_LINES = 60;
    private static final int STATEMENTS = 10;
    private static final int LOG_LINES = 20;

    private final List<String> page = new ArrayList<>();

    private ReportPage() {}

    static List<String> of(Evidence evidence) {
        ReportPage report = new ReportPage();
        report.page.add("# " + evidence.test().replace('\n', ' ') + " failed");
        report.section("Connect to its database", "sh", evidence.connect());
        report.first("Failure", evidence.failure().lines().toList(), FAILURE_LINES, "");
        evidence.difference()
                .ifPresent(each -> report.first(
                        "What it changed", each.text().lines().toList(), DIFFERENCE_LINES, "`difference.txt`"));
        report.statements(evidence);
        report.log(evidence.serverLog());
        if (!evidence.notes().isEmpty()) {
            report.heading("Notes");
            evidence.notes().forEach(note -> report.page.add("- " + note));
        }
        if (!EvidenceReport.files(evidence).isEmpty()) {
            report.page.add("");
            report.page.add("More in this folder: " + String.join(", ", EvidenceReport.files(evidence)) + ".");
        }
        return report.page;
    }

    private void statements(Evidence evidence) {
        List<LoggedStatement> all = evidence.statements();
        int from = Math.max(0, all.size() - STATEMENTS);
        List<String> lines = new ArrayList<>();
        for (int index = from; index < all.size(); index++) {
            lines.addAll(StatementsText.of(evidence.dropped() + index + 1, all.get(index)));
        }
        section(from == 0 ? "Its statements" : "Its last " + STATEMENTS + " statements", "sql", lines);
    }

    private void log(List<String> lines) {
        int from = Math.max(0, lines.size() - LOG_LINES);
        section(from == 0 ? "The server's log" : "The end of the server's log", "", lines.subList(from, lines.size()));
    }

    private void first(String title, List<String> lines, int most, String rest) {
        section(title, "", lines.subList(0, Math.min(most, lines.size())));
        if (lines.size() > most) {
            page.add("… " + (lines.size() - most) + " more lines" + (rest.isEmpty() ? "" : " in " + rest));
        }
    }

    private void section(String title, String language, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        heading(title);
        // A fence must be longer than any inside.
        String fence = "```";
        while (String.join("\n", lines).contains(fence)) {
            fence += "`";
        }
        page.add(fence + language);
        page.addAll(lines);
        page.add(fence);
    }

    private void heading(String title) {
        page.add("");
        page.add("## " + title);
        page.add("");
    }
}
