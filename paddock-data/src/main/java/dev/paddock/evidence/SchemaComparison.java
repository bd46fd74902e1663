package dev.paddock.evidence;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is different in the schemas. What belongs to a table that is new or gone is told with the table. */
final class SchemaComparison {
    private final DatabasePair pair;
    private final List<String> notes;
    private final Map<String, SchemaChange> changes = new LinkedHashMap<>();

    SchemaComparison(DatabasePair pair, List<String> notes) {
        this.pair = pair;
        this.notes = notes;
    }

    List<SchemaChange> run() {
        Map<ObjectKind, Map<String, SchemaObject>> before = new EnumMap<>(ObjectKind.class);
        Map<ObjectKind, Map<String, SchemaObject>> after = new EnumMap<>(ObjectKind.class);
        for (ObjectKind kind : ObjectKind.values()) {
            try {
                before.put(kind, SchemaObject.read(pair.original(), kind));
                after.put(kind, SchemaObject.read(pair.changed(), kind));
                compare(kind, before.getOrDefault(kind, Map.of()), after.getOrDefault(kind, Map.of()));
            } catch (NotComparedException reason) {
                notes.add(kind.plural() + " of the schema: " + reason.getMessage());
            }
        }
        List<SchemaChange> all = new ArrayList<>(changes.values());
        int most = pair.limits().objectsShown();
        if (all.size() > most) {
            notes.add((all.size() - most) + " more changes of the schema aren't shown");
        }
        return all.subList(0, Math.min(most, all.size()));
    }

    private void compare(ObjectKind kind, Map<String, SchemaObject> before, Map<String, SchemaObject> after) {
        for (SchemaObject old : before.values()) {
            SchemaObject now = after.get(old.name());
            if (now == null) {
                alone(kind, Change.REMOVED, old);
            } else if (!now.definition().equals(old.definition())) {
                changes.put(
                        old.name(),
                        new SchemaChange(
                                Change.CHANGED,
                                old.name(),
                                Optional.of(old.definition()),
                                Optional.of(now.definition())));
            }
        }
        for (SchemaObject now : after.values()) {
            if (!before.containsKey(now.name())) {
                alone(kind, Change.ADDED, now);
            }
        }
    }

    private void alone(ObjectKind kind, Change change, SchemaObject object) {
        SchemaChange whole = object.owner() == null ? null : changes.get(object.owner());
        if (whole == null || whole.change() != change) {
            changes.put(object.name(), told(change, object.name(), object.definition()));
        } else if (kind != ObjectKind.PRIVILEGES && kind != ObjectKind.SEQUENCE) {
            String already = whole.after().or(whole::before).orElse("");
            changes.put(whole.object(), told(change, whole.object(), (already + "\n" + line(kind, object)).strip()));
        }
    }

    private static String line(ObjectKind kind, SchemaObject object) {
        if (kind == ObjectKind.COLUMN && object.owner() != null) {
            int prefix = object.owner().length() - "table ".length() + "column ".length() + ".".length();
            return object.name().substring(prefix) + " " + object.definition();
        }
        return kind == ObjectKind.CONSTRAINT ? object.definition() : object.name() + ": " + object.definition();
    }

    private static SchemaChange told(Change change, String object, String definition) {
        return change == Change.ADDED
                ? new SchemaChange(change, object, Optional.empty(), Optional.of(definition))
                : new SchemaChange(change, object, Optional.of(definition), Optional.empty());
    }
}
