package dev.paddock.stack;

import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One thing that can be said.
 *
 * @param <T> what collects it
 * @param name how it is written
 * @param about what it is for, for editors
 * @param shape how its values are written, as a JSON schema
 * @param reader takes a value over
 */
record Key<T>(String name, String about, Map<String, Object> shape, BiConsumer<T, Value> reader) {}
