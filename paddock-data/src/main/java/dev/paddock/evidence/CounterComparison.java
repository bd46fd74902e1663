package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compares what is neither schema nor row: the last values of sequences, and how many large objects there are. */
final class CounterComparison {
    private static final String SEQUENCES = """
            SELECT format('%I.%I', nspname, relname), pg_sequence_last_value(seqrelid)
            FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid JOIN pg_namespace n ON n.oid = relnamespace
            WHERE nspname !~ '^pg_' AND has_sequence_privilege(seqrelid, 'SELECT')
            ORDER BY 1""";

    private final DatabasePair pair;
    private final List<String> notes;

    CounterComparison(DatabasePair pair, List<String> notes) {
        this.pair = pair;
        this.notes = notes;
    }

    /** Those that are in both databases. */
    List<SequenceChange> sequences() {
        List<SequenceChange> changes = new ArrayList<>();
        try {
            Map<String, @Nullable String> before = new LinkedHashMap<>();
            for (List<@Nullable String> row : pair.original().rows(SEQUENCES)) {
                before.put(String.valueOf(row.get(0)), row.get(1));
            }
            for (List<@Nullable String> row : pair.changed().rows(SEQUENCES)) {
                String name = String.valueOf(row.get(0));
                if (before.containsKey(name) && !Objects.equals(before.get(name), row.get(1))) {
                    changes.add(new SequenceChange(name, number(before.get(name)), number(row.get(1))));
                }
            }
        } catch (NotComparedException reason) {
            notes.add("sequences: " + reason.getMessage());
        }
        return changes;
    }

    OptionalLong largeObjects(ComparedDatabase database) {
        try {
            return number(database.rows("SELECT count(*) FROM pg_largeobject_metadata")
                    .get(0)
                    .get(0));
        } catch (NotComparedException reason) {
            notes.add("large objects: " + reason.getMessage());
            return OptionalLong.empty();
        }
    }

    private static OptionalLong number(@Nullable String text) {
        return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
