package dev.paddock.evidence;

import java.util.List;

/**
 * What happened to the rows of a table.
 *
 * @param table with its schema, quoted where SQL needs it
 * @param rowsBefore how many there were
 * @param rowsAfter how many there are
 * @param isCompared whether row was compared with row; if not, the table was too large for it and the next three are 0
 * @param shown some of the rows, within the limits
 */
public record TableChange(
        String table,
        long rowsBefore,
        long rowsAfter,
        boolean isCompared,
        long added,
        long changed,
        long removed,
        List<RowChange> shown) {

    public TableChange {
        shown = List.copyOf(shown);
    }

    static TableChange tooLarge(String table, long rowsBefore, long rowsAfter) {
        return new TableChange(table, rowsBefore, rowsAfter, false, 0, 0, 0, List.of());
    }
}
