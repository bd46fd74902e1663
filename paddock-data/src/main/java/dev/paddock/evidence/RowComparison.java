package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of one table. A sum of the rows' hashes tells first whether there is anything to find. Then the rows are known by
 * their keys and hashes, and only those that are shown are read whole. Without a key equal rows are counted.
 */
final class RowComparison {
    private final DatabasePair pair;
    private final TableShape shape;
    private final boolean isKeyed;
    private final Map<Change, List<String>> shown = new EnumMap<>(Change.class);
    private final Map<Change, Long> counts = new EnumMap<>(Change.class);

    RowComparison(DatabasePair pair, TableShape shape) {
        this.pair = pair;
        this.shape = shape;
        this.isKeyed = !shape.key().isEmpty();
        for (Change change : Change.values()) {
            shown.put(change, new ArrayList<>());
            counts.put(change, 0L);
        }
    }

    /** Empty if there is no difference. */
    Optional<TableChange> run() throws NotComparedException {
        if (shape.columns().isEmpty()) {
            return Optional.empty();
        }
        List<@Nullable String> before = summary(pair.original());
        List<@Nullable String> after = summary(pair.changed());
        if (count(before) > pair.limits().rowsCompared()
                || count(after) > pair.limits().rowsCompared()) {
            return countsAlone();
        }
        if (before.equals(after)) {
            return Optional.empty();
        }
        findChanges(identities(pair.original()), identities(pair.changed()));
        return Optional.of(new TableChange(
                shape.name(),
                count(before),
                count(after),
                true,
                counts.getOrDefault(Change.ADDED, 0L),
                counts.getOrDefault(Change.CHANGED, 0L),
                counts.getOrDefault(Change.REMOVED, 0L),
                new RowReader(pair, shape).read(chosen())));
    }

    private List<@Nullable String> summary(ComparedDatabase database) throws NotComparedException {
        return database.rows("SELECT count(*), sum(h) FROM (SELECT " + shape.hash() + " AS h FROM " + shape.from()
                        + " LIMIT " + (pair.limits().rowsCompared() + 1L) + ") s")
                .get(0);
    }

    private Optional<TableChange> countsAlone() throws NotComparedException {
        String sql = "SELECT count(*) FROM " + shape.from();
        long before = count(pair.original().rows(sql).get(0));
        long after = count(pair.changed().rows(sql).get(0));
        if (before == after) {
            throw new NotComparedException(before + " rows are too many to compare row by row");
        }
        return Optional.of(TableChange.tooLarge(shape.name(), before, after));
    }

    private static long count(List<@Nullable String> row) {
        return Long.parseLong(String.valueOf(row.get(0)));
    }

    /** What identifies each row, with the hash of its content or, without a key, the number of equal rows. */
    private Map<String, String> identities(ComparedDatabase database) throws NotComparedException {
        String sql = isKeyed
                ? "SELECT " + shape.identity() + ", " + shape.hash() + " FROM " + shape.from() + " ORDER BY "
                        + String.join(", ", shape.key())
                : "SELECT " + shape.identity() + ", count(*) FROM " + shape.from() + " GROUP BY 1 ORDER BY 1";
        Map<String, String> identities = new LinkedHashMap<>();
        for (List<@Nullable String> row : database.rows(sql)) {
            identities.put(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
        }
        return identities;
    }

    private void findChanges(Map<String, String> before, Map<String, String> after) {
        after.forEach((identity, now) -> {
            String old = before.get(identity);
            if (!isKeyed) {
                found(Change.ADDED, identity, Long.parseLong(now) - (old == null ? 0 : Long.parseLong(old)));
            } else if (!now.equals(old)) {
                found(old == null ? Change.ADDED : Change.CHANGED, identity, 1);
            }
        });
        before.forEach((identity, old) -> {
            String now = after.get(identity);
            long left = isKeyed || now == null ? 0 : Long.parseLong(now);
            if (!isKeyed || now == null) {
                found(Change.REMOVED, identity, isKeyed ? 1 : Long.parseLong(old) - left);
            }
        });
    }

    private void found(Change change, String identity, long times) {
        if (times > 0) {
            counts.merge(change, times, Long::sum);
            List<String> identities = shown.getOrDefault(change, List.of());
            for (long one = 0; one < times && identities.size() < pair.limits().rowsShown(); one++) {
                identities.add(identity);
            }
        }
    }

    /** Of each kind the first ones, so that many rows of one kind don't hide the others. */
    private Map<Change, List<String>> chosen() {
        Map<Change, List<String>> chosen = new EnumMap<>(Change.class);
        int left = pair.limits().rowsShown();
        for (int index = 0; left > 0 && index < pair.limits().rowsShown(); index++) {
            for (Change change : Change.values()) {
                List<String> identities = shown.getOrDefault(change, List.of());
                if (left > 0 && index < identities.size()) {
                    chosen.computeIfAbsent(change, each -> new ArrayList<>()).add(identities.get(index));
                    left--;
                }
            }
        }
        return chosen;
    }
}
