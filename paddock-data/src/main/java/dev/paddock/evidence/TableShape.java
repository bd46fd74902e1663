package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as far as its rows' comparison must know it.
 *
 * @param name quoted where SQL needs it
 * @param isPartitioned whether its rows are those of its partitions
 * @param key the columns of the primary key, in its order; empty if it has none
 */
record TableShape(String name, boolean isPartitioned, List<Column> columns, List<String> key) {

    // Partitions are read through their parents.
    private static final String SQL = """
            SELECT format('%I.%I', nspname, relname), relkind = 'p', quote_ident(attname), format_type(atttypid, atttypmod),
                typcategory IN ('N', 'B') AND typtype = 'b' AND typname <> 'money', array_position(i.indkey::int2[], attnum)
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
            JOIN pg_type t ON t.oid = atttypid
            LEFT JOIN pg_index i ON indrelid = c.oid AND indisprimary AND attnum = ANY ((indkey::int2[])[0:indnkeyatts - 1])
            WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'p') AND NOT relispartition
            AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
            ORDER BY nspname, relname, attnum""";

    /** @param isPlain whether SQL writes its values without quotes */
    record Column(String name, String type, boolean isPlain) {}

    static Map<String, TableShape> read(ComparedDatabase database) throws NotComparedException {
        Map<String, List<List<@Nullable String>>> byTable = new LinkedHashMap<>();
        for (List<@Nullable String> row : database.rows(SQL)) {
            byTable.computeIfAbsent(String.valueOf(row.get(0)), table -> new ArrayList<>())
                    .add(row);
        }
        Map<String, TableShape> shapes = new LinkedHashMap<>();
        byTable.forEach((name, rows) -> shapes.put(name, of(name, rows)));
        return shapes;
    }

    private static TableShape of(String name, List<List<@Nullable String>> rows) {
        List<Column> columns = rows.stream()
                .map(row -> new Column(String.valueOf(row.get(2)), String.valueOf(row.get(3)), "t".equals(row.get(4))))
                .toList();
        List<String> key = rows.stream()
                .filter(row -> row.get(5) != null)
                .sorted((one, other) -> Integer.compare(
                        Integer.parseInt(String.valueOf(one.get(5))), Integer.parseInt(String.valueOf(other.get(5)))))
                .map(row -> String.valueOf(row.get(2)))
                .toList();
        return new TableShape(name, "t".equals(rows.get(0).get(1)), columns, key);
    }

    /** What this and the other have in common, which is what can be compared. */
    TableShape sharedWith(TableShape other) {
        List<Column> shared = columns.stream().filter(other.columns::contains).toList();
        boolean sameKey = key.equals(other.key)
                && shared.stream().map(Column::name).toList().containsAll(key);
        return new TableShape(name, isPartitioned, shared, sameKey ? key : List.of());
    }

    /** For FROM; children of an ordinary table are tables of their own. */
    String from() {
        return (isPartitioned ? "" : "ONLY ") + name;
    }

    /** A row as one text. */
    String wholeRow() {
        return "ROW(" + String.join(", ", columns.stream().map(Column::name).toList()) + ")::text";
    }

    /** A number that stands for the row's content. */
    String hash() {
        return "hashtextextended(" + wholeRow() + " COLLATE \"C\", 0)";
    }

    /** What a row is known by: its key, or its content if there is none. */
    String identity() {
        return key.isEmpty() ? hash() + "::text" : "ROW(" + String.join(", ", key) + ")::text COLLATE \"C\"";
    }
}
