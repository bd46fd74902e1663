package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a table that are to be shown. */
final class RowReader {
    private final DatabasePair pair;
    private final TableShape shape;

    RowReader(DatabasePair pair, TableShape shape) {
        this.pair = pair;
        this.shape = shape;
    }

    /** The rows of these identities, by what happened to them. */
    List<RowChange> read(Map<Change, List<String>> identities) throws NotComparedException {
        List<String> old = new ArrayList<>(identities.getOrDefault(Change.REMOVED, List.of()));
        old.addAll(identities.getOrDefault(Change.CHANGED, List.of()));
        List<String> now = new ArrayList<>(identities.getOrDefault(Change.ADDED, List.of()));
        now.addAll(identities.getOrDefault(Change.CHANGED, List.of()));
        Map<String, List<String>> before = fetch(pair.original(), old);
        Map<String, List<String>> after = fetch(pair.changed(), now);
        List<RowChange> changes = new ArrayList<>();
        for (Change change : Change.values()) {
            for (String identity : identities.getOrDefault(change, List.of())) {
                changes.add(change(change, before.get(identity), after.get(identity)));
            }
        }
        return changes;
    }

    /** Literals of the columns, by identity. */
    private Map<String, List<String>> fetch(ComparedDatabase database, List<String> identities)
            throws NotComparedException {
        if (identities.isEmpty()) {
            return Map.of();
        }
        StringBuilder sql = new StringBuilder("SELECT DISTINCT ON (1) ").append(shape.identity());
        for (TableShape.Column column : shape.columns()) {
            sql.append(", left(")
                    .append(column.name())
                    .append("::text, ")
                    .append(Parameter.LONGEST + 1)
                    .append(')');
        }
        sql.append(" FROM ")
                .append(shape.from())
                .append(" WHERE ")
                .append(shape.identity())
                .append(" = ANY (?)");
        Map<String, List<String>> rows = new HashMap<>();
        for (List<@Nullable String> row : database.rows(sql.toString(), identities)) {
            List<String> literals = new ArrayList<>();
            for (int index = 0; index < shape.columns().size(); index++) {
                literals.add(literal(shape.columns().get(index), row.get(index + 1)));
            }
            rows.put(String.valueOf(row.get(0)), literals);
        }
        return rows;
    }

    private static String literal(TableShape.Column column, @Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return column.isPlain() ? value : Parameter.quoted(value);
    }

    private RowChange change(Change change, @Nullable List<String> before, @Nullable List<String> after) {
        List<ColumnValue> key = new ArrayList<>();
        List<ColumnChange> columns = new ArrayList<>();
        for (int index = 0; index < shape.columns().size(); index++) {
            String name = shape.columns().get(index).name();
            Optional<String> old = literalAt(before, index);
            Optional<String> now = literalAt(after, index);
            if (change != Change.CHANGED || !old.equals(now)) {
                columns.add(new ColumnChange(name, old, now));
            } else if (shape.key().contains(name)) {
                key.add(new ColumnValue(name, now.orElse("")));
            }
        }
        return new RowChange(change, key, columns);
    }

    private static Optional<String> literalAt(@Nullable List<String> row, int index) {
        return row == null ? Optional.empty() : Optional.of(row.get(index));
    }
}
