package dev.paddock.evidence;

import java.util.List;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** A difference as people read it. */
final class DifferenceText {
    private final StringBuilder text = new StringBuilder();

    private DifferenceText() {}

    static String of(Difference difference) {
        DifferenceText text = new DifferenceText();
        if (difference.isEmpty()) {
            text.line(0, "No difference.");
        }
        text.schema(difference.schema());
        text.tables(difference.tables());
        text.counters(difference);
        text.notes(difference.notes());
        return text.text.toString();
    }

    private void schema(List<SchemaChange> changes) {
        heading("Schema", !changes.isEmpty());
        for (SchemaChange change : changes) {
            line(1, change.change().sign() + " " + change.object());
            if (change.change() == Change.CHANGED) {
                for (String each :
                        LineDiff.of(change.before().orElse(""), change.after().orElse(""))) {
                    line(3, each);
                }
            } else {
                change.before().or(change::after).orElse("").lines().forEach(each -> line(4, each));
            }
        }
    }

    private void tables(List<TableChange> tables) {
        heading("Rows", !tables.isEmpty());
        for (TableChange table : tables) {
            if (!table.isCompared()) {
                line(
                        1,
                        table.table() + ": " + table.rowsBefore() + " rows before, " + table.rowsAfter()
                                + " now; too large to compare row by row");
                continue;
            }
            StringJoiner counts = new StringJoiner(", ", table.table() + ": ", "");
            count(counts, table.added(), "added");
            count(counts, table.changed(), "changed");
            count(counts, table.removed(), "removed");
            line(1, counts.toString());
            table.shown().forEach(row -> line(2, RowText.of(row)));
            long more = table.added()
                    + table.changed()
                    + table.removed()
                    - table.shown().size();
            if (more > 0) {
                line(2, "… and " + more + " more");
            }
        }
    }

    private static void count(StringJoiner counts, long count, String what) {
        if (count > 0) {
            counts.add(count + " " + what);
        }
    }

    private void counters(Difference difference) {
        heading("Sequences", !difference.sequences().isEmpty());
        for (SequenceChange sequence : difference.sequences()) {
            line(1, "~ " + sequence.sequence() + ": " + number(sequence.before()) + " → " + number(sequence.after()));
        }
        if (difference.largeObjectsDiffer()) {
            heading("Large objects", true);
            line(
                    1,
                    difference.largeObjectsBefore().getAsLong() + " → "
                            + difference.largeObjectsAfter().getAsLong());
        }
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "unused";
    }

    private void notes(List<String> notes) {
        heading("Not compared", !notes.isEmpty());
        notes.forEach(note -> line(1, note));
    }

    private void heading(String title, boolean isNeeded) {
        if (isNeeded) {
            text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
        }
    }

    private void line(int indent, String line) {
        text.append("  ".repeat(indent)).append(line).append('\n');
    }
}
