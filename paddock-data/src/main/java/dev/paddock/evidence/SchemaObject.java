package dev.paddock.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a schema.
 *
 * @param owner the object of which it is told to be a part when that is new or gone
 */
record SchemaObject(String name, @Nullable String owner, String definition) {

    /** By name, in the order of the catalog's query. */
    static Map<String, SchemaObject> read(ComparedDatabase database, ObjectKind kind) throws NotComparedException {
        Map<String, SchemaObject> objects = new LinkedHashMap<>();
        for (List<@Nullable String> row : database.rows(kind.sql())) {
            String name = String.valueOf(row.get(0));
            String definition = row.get(2);
            objects.put(name, new SchemaObject(name, row.get(1), definition == null ? "" : definition.strip()));
        }
        return objects;
    }
}
