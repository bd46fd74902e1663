package dev.paddock.stack;

import dev.paddock.model.Slips;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that can be said in one place.
 *
 * @param <T> what collects it
 * @param place where, for messages
 * @param all in the order in which editors are to offer them
 */
record Keys<T>(String place, List<Key<? super T>> all) {
    private static final String EXTENSION = "x-";

    Keys {
        all = List.copyOf(all);
    }

    /** Reads each key that is there. */
    T read(Value mapping, T draft) {
        return read(mapping, draft, false);
    }

    /** The same where keys that begin with {@code x-} are somebody else's. */
    T readWithExtensions(Value mapping, T draft) {
        return read(mapping, draft, true);
    }

    private T read(Value mapping, T draft, boolean extensions) {
        mapping.entries().forEach((name, value) -> {
            if (!extensions || !name.text().startsWith(EXTENSION)) {
                find(name).reader().accept(draft, value);
            }
        });
        return draft;
    }

    private Key<? super T> find(Value name) {
        String written = name.text();
        for (Key<? super T> key : all) {
            if (key.name().equals(written)) {
                return key;
            }
        }
        List<String> known = all.stream().<String>map(Key::name).toList();
        throw name.wrong(
                "there is no key " + written + " in " + place,
                Slips.nearest(written, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known are " + String.join(", ", known)));
    }

    /**
     * As a JSON schema.
     *
     * @param required what must be said
     */
    Map<String, Object> shape(String... required) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<? super T> key : all) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("description", key.about());
            described.putAll(key.shape());
            properties.put(key.name(), described);
        }
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("type", "object");
        shape.put("properties", properties);
        shape.put("additionalProperties", false);
        if (required.length > 0) {
            shape.put("required", List.of(required));
        }
        return shape;
    }
}
