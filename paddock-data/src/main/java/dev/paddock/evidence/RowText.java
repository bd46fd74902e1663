package dev.paddock.evidence;

import java.util.StringJoiner;

/** A changed row as one line. */
final class RowText {
    private static final int WIDTH = 120;
    private static final int CONTEXT = 20;

    private RowText() {}

    static String of(RowChange row) {
        StringJoiner columns = new StringJoiner(", ");
        if (row.change() == Change.CHANGED) {
            StringJoiner key = new StringJoiner(", ", "~ ", ": ");
            row.key().forEach(each -> key.add(each.column() + "=" + window(each.literal(), 0)));
            row.columns().forEach(each -> columns.add(changed(each)));
            return key + (row.columns().isEmpty() ? "differs beyond what is read of a value" : columns.toString());
        }
        row.columns()
                .forEach(each -> columns.add(each.column() + "="
                        + window(each.before().or(each::after).orElse(""), 0)));
        return row.change().sign() + " " + columns;
    }

    private static String changed(ColumnChange column) {
        String before = column.before().orElse("");
        String after = column.after().orElse("");
        int from = Math.max(before.length(), after.length()) > WIDTH ? Math.max(0, equal(before, after) - CONTEXT) : 0;
        return column.column() + " " + window(before, from) + " → " + window(after, from);
    }

    private static int equal(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int index = 0;
        while (index < length && one.charAt(index) == other.charAt(index)) {
            index++;
        }
        return index;
    }

    /** One line of a value, from where it gets interesting. */
    private static String window(String literal, int from) {
        int end = Math.min(literal.length(), from + WIDTH);
        String part =
                literal.substring(Math.min(from, end), end).replace("\n", "\\n").replace("\r", "\\r");
        return (from > 0 ? "…" : "") + part + (end < literal.length() ? "…" : "");
    }
}
