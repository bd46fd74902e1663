package dev.paddock.stack;

import java.util.List;
import java.util.Map;

/** Maps, lists and texts as JSON, for people to read too. */
final class JsonText {
    private JsonText() {}

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, "\n", text);
        return text.append('\n').toString();
    }

    private static void write(Object value, String newline, StringBuilder text) {
        String inner = newline + "  ";
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(separator).append(inner);
                quote(String.valueOf(entry.getKey()), text);
                text.append(": ");
                write(entry.getValue(), inner, text);
                separator = ",";
            }
            text.append(map.isEmpty() ? "}" : newline + "}");
        } else if (value instanceof List<?> list) {
            text.append('[');
            String separator = "";
            for (Object each : list) {
                text.append(separator);
                write(each, newline, text);
                separator = ", ";
            }
            text.append(']');
        } else if (value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else {
            quote(String.valueOf(value), text);
        }
    }

    static void quote(String value, StringBuilder text) {
        text.append('"');
        value.chars().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                text.append('\\').append((char) letter);
            } else if (letter < ' ') {
                text.append("\\u").append(Integer.toHexString(0x10000 | letter).substring(1));
            } else {
                text.append((char) letter);
            }
        });
        text.append('"');
    }
}
