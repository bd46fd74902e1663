package dev.paddock.benchmark.report;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Medians as bars, in an SVG that needs nothing else and follows the light or dark scheme of whoever looks at it. */
public final class Chart {
    private static final Map<String, String> HEADINGS = headings();
    private static final int MARGIN = 30;
    private static final int GUTTER = 50;
    private static final int TITLE = 84;
    private static final int GAP = 24;
    private static final int WIDTH = 2 * (MARGIN + Panel.WIDTH) + GUTTER;
    private static final int FOOT = 34;

    private static final String STYLE = """
            <style>
            text { font-family: system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
            .card { fill: #ffffff; stroke: #d1d9e0; }
            .title { font-size: 21px; font-weight: 600; }
            .note { font-size: 13px; fill: #59636e; }
            .heading { font-size: 15px; font-weight: 600; }
            .gain { font-size: 14px; font-weight: 600; text-anchor: end; fill: #0b7a6b; }
            .name { font-size: 13px; text-anchor: end; fill: #59636e; }
            .own { font-weight: 600; fill: #1f2328; }
            .value { font-size: 13px; font-variant-numeric: tabular-nums; }
            .paddock, .paddock_embedded { fill: #12a594; }
            .zonky, .pg_virtualenv, .create_database, .integresql_like, .testcontainers { fill: #b4bcc6; }
            .floor { fill: #dfe4ea; stroke: #b4bcc6; }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc; }
              .card { fill: #0d1117; stroke: #3d444d; }
              .note, .name { fill: #9198a1; }
              .own { fill: #f0f6fc; }
              .gain { fill: #2dd4bf; }
              .paddock, .paddock_embedded { fill: #14b8a6; }
              .zonky, .pg_virtualenv, .create_database, .integresql_like, .testcontainers { fill: #59636e; }
              .floor { fill: #21262d; stroke: #59636e; }
            }
            </style>
            """;

    private Chart() {}

    /** In the order they are drawn in, from left to right and down. */
    private static Map<String, String> headings() {
        Map<String, String> headings = new LinkedHashMap<>();
        headings.put("start_to_first_query", "Start to first query");
        headings.put("close", "Close");
        headings.put("start_20", "20 servers at once");
        headings.put("start_100", "100 servers at once");
        headings.put("pss_per_server", "Memory of an idle server (PSS)");
        headings.put("private_bytes_per_server", "Private storage of a server");
        headings.put("first_of_jvm", "First server of a fresh JVM");
        headings.put("acquire_to_first_query", "A test’s own database, to its first query");
        headings.put("acquire_to_first_query_1gb_not_ahead", "The same of 1 GB, nothing prepared");
        headings.put("suite_500", "What 500 own databases add to a suite");
        headings.put("second_run_ready", "Second run: a migrated database");
        headings.put("docker_start_to_first_query", "A container: start to first query");
        headings.put("docker_close", "A container: close");
        headings.put("docker_acquire_to_first_query", "A test’s own database in a container, to its first query");
        headings.put("run_true", "Command line: a server for “true”");
        return java.util.Collections.unmodifiableMap(headings);
    }

    public static void write(Path file, List<Result> results) {
        try {
            Files.writeString(file, of(results));
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't write " + file + ": " + failure.getMessage(), "does its folder exist?", failure);
        }
    }

    static String of(List<Result> results) {
        StringBuilder panels = new StringBuilder();
        int y = TITLE;
        int column = 0;
        int rowHeight = 0;
        for (Panel panel : panels(results)) {
            if (column == 2) {
                y += rowHeight + GAP;
                column = 0;
                rowHeight = 0;
            }
            panel.draw(panels, MARGIN + column * (Panel.WIDTH + GUTTER), y);
            rowHeight = Math.max(rowHeight, panel.height());
            column++;
        }
        return page(panels, y + rowHeight + FOOT);
    }

    private static String page(StringBuilder panels, int height) {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ");
        svg.append(WIDTH).append(' ').append(height).append("\" width=\"").append(WIDTH);
        svg.append("\" height=\"").append(height).append("\">\n");
        svg.append("<title>Paddock beside its peers, and the floor under all of them</title>\n")
                .append(STYLE);
        svg.append("<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"").append(WIDTH - 1);
        svg.append("\" height=\"").append(height - 1).append("\" rx=\"8\"/>\n");
        Panel.text(svg, "title", MARGIN, 40, "A real PostgreSQL, on demand");
        Panel.text(
                svg,
                "note",
                MARGIN,
                62,
                "Medians of one run, in turns; shorter is better. floor: a bare postgres on a data directory that is ready.");
        return svg.append(panels).append("</svg>\n").toString();
    }

    private static List<Panel> panels(List<Result> results) {
        List<Panel> panels = new ArrayList<>();
        HEADINGS.forEach((metric, heading) -> {
            List<Result> rows = results.stream()
                    .filter(each -> each.metric().equals(metric))
                    .toList();
            if (!rows.isEmpty()) {
                panels.add(new Panel(heading, rows));
            }
        });
        if (panels.isEmpty()) {
            throw new PaddockException(
                    "there is nothing to draw in these results", "make some with: ./benchmark server --json FILE");
        }
        return panels;
    }
}
