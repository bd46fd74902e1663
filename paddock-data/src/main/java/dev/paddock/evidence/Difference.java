package dev.paddock.evidence;

import dev.paddock.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is different in a database that was made like another: its schema, its rows, what its sequences gave, its large objects. Immutable.
 *
 * @param schema kind by kind; within one what was changed or removed before what was added, by name
 * @param tables only those whose rows differ
 * @param sequences only those whose last values differ
 * @param largeObjectsBefore how many there were; empty if that couldn't be read
 * @param notes what couldn't be compared, and why; never a difference
 */
public record Difference(
        List<SchemaChange> schema,
        List<TableChange> tables,
        List<SequenceChange> sequences,
        OptionalLong largeObjectsBefore,
        OptionalLong largeObjectsAfter,
        List<String> notes) {

    public Difference {
        schema = List.copyOf(schema);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        notes = List.copyOf(notes);
    }

    /**
     * Compares the two as they are now, by connections of its own. Changes nothing, waits for no lock and ends within the limits; what
     * it can't compare is a note. Works from PostgreSQL 14 on. Both must be databases of the same version.
     *
     * @throws dev.paddock.model.PaddockException if one of them can't be reached
     */
    public static Difference between(Database original, Database changed, DifferenceLimits limits) {
        try (DatabasePair pair = DatabasePair.open(original, changed, limits)) {
            List<String> notes = new ArrayList<>();
            List<SchemaChange> schema = new SchemaComparison(pair, notes).run();
            CounterComparison counters = new CounterComparison(pair, notes);
            List<SequenceChange> sequences = counters.sequences();
            OptionalLong before = counters.largeObjects(pair.original());
            OptionalLong after = counters.largeObjects(pair.changed());
            List<TableChange> tables = new DataComparison(pair, notes).run();
            return new Difference(schema, tables, sequences, before, after, notes);
        }
    }

    /** Whether nothing was found. Something may still have been left out: see the notes. */
    public boolean isEmpty() {
        return schema.isEmpty() && tables.isEmpty() && sequences.isEmpty() && !largeObjectsDiffer();
    }

    /** For people, like a small diff: {@code +} added, {@code ~} changed, {@code -} removed. */
    public String text() {
        return DifferenceText.of(this);
    }

    boolean largeObjectsDiffer() {
        return largeObjectsBefore.isPresent()
                && largeObjectsAfter.isPresent()
                && largeObjectsBefore.getAsLong() != largeObjectsAfter.getAsLong();
    }
}
