package dev.paddock.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the last of the statements sent answered with, as text. Not thread-safe. */
public final class Rows {
    private List<String> columns = List.of();
    private List<List<Optional<String>>> cells = new ArrayList<>();

    void begin(List<String> names) {
        columns = names;
        cells = new ArrayList<>();
    }

    void add(List<Optional<String>> row) {
        cells.add(row);
    }

    /** The names of the columns; none if the statement has no result. */
    public List<String> columns() {
        return columns;
    }

    /** The rows; a cell is absent where it is NULL. */
    public List<List<Optional<String>>> cells() {
        return cells;
    }
}
