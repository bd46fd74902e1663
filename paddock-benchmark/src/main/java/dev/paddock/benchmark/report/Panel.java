package dev.paddock.benchmark.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One metric in a chart: a heading and a bar for each subject, on a linear scale, because half as long must look half as long.
 *
 * @param rows the medians to show, of one unit
 */
record Panel(String heading, List<Result> rows) {
    static final int WIDTH = 400;
    private static final int LABEL = 106;
    private static final int LONGEST_BAR = 218;
    /** Whatever is there must be seen. */
    private static final double SHORTEST_BAR = 2;

    private static final int HEAD = 34;
    private static final int ROW = 24;
    private static final int BAR = 14;

    Panel {
        rows = List.copyOf(rows);
    }

    int height() {
        return HEAD + rows.size() * ROW;
    }

    void draw(StringBuilder svg, int x, int y) {
        svg.append("<g transform=\"translate(").append(x).append(' ').append(y).append(")\">\n");
        text(svg, "heading", 0, 16, heading);
        gain().ifPresent(gain -> text(svg, "gain", WIDTH, 16, gain));
        double longest = rows.stream().mapToDouble(Result::p50).max().orElse(1);
        int top = HEAD;
        for (Result row : rows) {
            double width = Math.max(SHORTEST_BAR, row.p50() / longest * LONGEST_BAR);
            int middle = top + BAR / 2 + 4;
            text(svg, row.subject().equals("paddock") ? "name own" : "name", LABEL - 10, middle, row.subject());
            svg.append("<rect class=\"")
                    .append(row.subject())
                    .append("\" x=\"")
                    .append(LABEL)
                    .append("\" y=\"");
            svg.append(top)
                    .append("\" width=\"")
                    .append(Math.round(width * 10) / 10.0)
                    .append("\" height=\"");
            svg.append(BAR).append("\" rx=\"2\"/>\n");
            text(
                    svg,
                    "value",
                    LABEL + (int) Math.ceil(width) + 7,
                    middle,
                    row.unit().format(row.p50()));
            top += ROW;
        }
        svg.append("</g>\n");
    }

    /** Of Paddock over the best of the peers, if there is any. */
    private Optional<String> gain() {
        Optional<Result> own =
                rows.stream().filter(row -> row.subject().equals("paddock")).findFirst();
        Optional<Result> peer = rows.stream()
                .filter(row ->
                        !row.subject().equals("paddock") && !row.subject().equals("floor"))
                .min(Comparator.comparingDouble(Result::p50));
        if (own.isEmpty()
                || peer.isEmpty()
                || own.get().p50() <= 0
                || peer.get().p50() <= own.get().p50()) {
            return Optional.empty();
        }
        String factor = ResultTable.factor(peer.get().p50() / own.get().p50());
        return Optional.of(factor + (own.get().unit() == Unit.BYTES ? " smaller" : " faster"));
    }

    static void text(StringBuilder svg, String style, int x, int y, String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append("<text class=\"").append(style).append("\" x=\"").append(x);
        svg.append("\" y=\"").append(y).append("\">").append(safe).append("</text>\n");
    }
}
