package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.List;

/** The lines of two texts that differ, with a little of what is equal around them. */
final class LineDiff {
    private static final int CONTEXT = 2;

    private LineDiff() {}

    /** Each line with a sign and a blank before it. */
    static List<String> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int shorter = Math.min(old.size(), now.size());
        int head = 0;
        while (head < shorter && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<String> lines = new ArrayList<>();
        add(lines, "  ", now.subList(Math.max(0, head - CONTEXT), head));
        add(lines, "- ", old.subList(head, old.size() - tail));
        add(lines, "+ ", now.subList(head, now.size() - tail));
        add(lines, "  ", now.subList(now.size() - tail, now.size() - tail + Math.min(CONTEXT, tail)));
        return lines;
    }

    private static void add(List<String> lines, String sign, List<String> more) {
        more.forEach(line -> lines.add(sign + line));
    }
}
