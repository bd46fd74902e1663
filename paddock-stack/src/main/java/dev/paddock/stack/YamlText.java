package dev.paddock.stack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps, lists and texts as YAML that any version of it reads alike: all texts in quotes. A dollar is doubled, since Compose takes a single one for
 * a variable.
 */
final class YamlText {
    private YamlText() {}

    static String of(Map<String, ?> value) {
        StringBuilder text = new StringBuilder();
        map(value, "", text);
        return text.toString();
    }

    private static void map(Map<?, ?> map, String indent, StringBuilder text) {
        map.forEach((key, value) -> {
            text.append(indent);
            String name = String.valueOf(key);
            if (name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
                text.append(name);
            } else {
                JsonText.quote(name, text);
            }
            text.append(':');
            after(value, indent, text);
        });
    }

    private static void after(@Nullable Object value, String indent, StringBuilder text) {
        if (value == null) {
            text.append('\n');
        } else if (value instanceof Map<?, ?> inner) {
            text.append(inner.isEmpty() ? " {}\n" : "\n");
            map(inner, indent + "  ", text);
        } else if (value instanceof List<?> list) {
            text.append(list.isEmpty() ? " []\n" : "\n");
            for (Object each : list) {
                text.append(indent).append("  -");
                after(each, indent + "  ", text);
            }
        } else if (value instanceof Boolean || value instanceof Number) {
            text.append(' ').append(value).append('\n');
        } else {
            text.append(' ');
            JsonText.quote(String.valueOf(value).replace("$", "$$"), text);
            text.append('\n');
        }
    }
}
