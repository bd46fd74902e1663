package dev.paddock.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON schemas of values. What is a number or a flag may also stand in quotes, or be a variable. */
final class Shape {
    static final Map<String, Object> TEXT = Map.of("type", List.of("string", "number", "boolean"));
    static final Map<String, Object> NUMBER = anyOf(Map.of("type", "integer"), pattern("\\d+"));
    static final Map<String, Object> DECIMAL = anyOf(Map.of("type", "number"), pattern("\\d+(\\.\\d+)?"));
    static final Map<String, Object> FLAG = anyOf(Map.of("type", "boolean"), pattern("true|false"));
    static final Map<String, Object> SIZE =
            anyOf(Map.of("type", "integer"), pattern("\\d+\\s*[kKmMgGtT]?([iI]?[bB])?"));
    static final Map<String, Object> DURATION = pattern("\\d+(ms|s|m|h|d)");
    static final Map<String, Object> TEXTS = anyOf(TEXT, listOf(TEXT));
    static final Map<String, Object> WORDS = listOf(TEXT);
    static final Map<String, Object> NAMED_TEXTS =
            namedBy(".*", Map.of("type", List.of("string", "number", "boolean", "null")));

    private Shape() {}

    static Map<String, Object> pattern(String regex) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("type", "string");
        shape.put("pattern", "^(" + regex + "|.*\\$\\{.*)$");
        return shape;
    }

    static Map<String, Object> oneOf(String... words) {
        return pattern(String.join("|", words));
    }

    static Map<String, Object> listOf(Map<String, Object> item) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("type", "array");
        shape.put("items", item);
        return shape;
    }

    static Map<String, Object> namedBy(String regex, Map<String, Object> value) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("type", "object");
        shape.put("patternProperties", Map.of("^" + regex + "$", value));
        shape.put("additionalProperties", false);
        return shape;
    }

    static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return Map.of("anyOf", List.of(one, other));
    }
}
