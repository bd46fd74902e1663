package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the rows of the tables that are in both databases. */
final class DataComparison {
    private static final int NAMED = 10;

    private final DatabasePair pair;
    private final List<String> notes;
    private final Map<String, List<String>> leftOut = new LinkedHashMap<>();

    DataComparison(DatabasePair pair, List<String> notes) {
        this.pair = pair;
        this.notes = notes;
    }

    List<TableChange> run() {
        List<TableChange> changes = new ArrayList<>();
        try {
            Map<String, TableShape> before = TableShape.read(pair.original());
            for (TableShape now : TableShape.read(pair.changed()).values()) {
                TableShape old = before.get(now.name());
                if (old != null) {
                    compare(now.sharedWith(old), changes);
                }
            }
        } catch (NotComparedException reason) {
            notes.add("the rows of all tables: " + reason.getMessage());
        }
        leftOut.forEach((reason, tables) -> notes.add("the rows of " + names(tables) + ": " + reason));
        return changes;
    }

    private void compare(TableShape shape, List<TableChange> changes) {
        try {
            new RowComparison(pair, shape).run().ifPresent(changes::add);
        } catch (NotComparedException failure) {
            String reason = String.valueOf(failure.getMessage());
            leftOut.computeIfAbsent(reason, each -> new ArrayList<>()).add(shape.name());
        }
    }

    private static String names(List<String> tables) {
        String named = String.join(", ", tables.subList(0, Math.min(NAMED, tables.size())));
        return tables.size() > NAMED ? named + " and " + (tables.size() - NAMED) + " more tables" : named;
    }
}
