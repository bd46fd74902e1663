package dev.paddock.evidence;

import java.util.List;

/**
 * A row that was added, changed or removed.
 *
 * @param key the values of the primary key, if it was changed; otherwise empty
 * @param columns the columns that were changed; for a row that was added or removed all of them
 */
public record RowChange(Change change, List<ColumnValue> key, List<ColumnChange> columns) {

    public RowChange {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }
}
