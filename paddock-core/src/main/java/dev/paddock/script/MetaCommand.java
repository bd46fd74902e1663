package dev.paddock.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line that a script means for psql.
 *
 * @param name without the backslash
 * @param words what follows, unquoted
 */
record MetaCommand(String name, List<String> words) {

    /** Consumes the rest of the line after the backslash. */
    static MetaCommand read(ScriptText text) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = text.read(); c >= 0 && c != '\n'; c = text.read()) {
            line.write(c);
        }
        return parse(line.toString(StandardCharsets.UTF_8).strip());
    }

    static MetaCommand parse(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return new MetaCommand(line.substring(0, end), words(line, end));
    }

    /** The word at this place, or an empty one. */
    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** The value of a key in {@code dbname='my db' host=h}, in which a backslash makes the next character plain; else empty. */
    static String connectionParameter(String text, String wanted) {
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                return "";
            }
            String key = text.substring(at, equals).strip();
            StringBuilder value = new StringBuilder();
            at = equals + 1;
            boolean quoted = at < text.length() && text.charAt(at) == '\'';
            at += quoted ? 1 : 0;
            while (at < text.length() && text.charAt(at) != (quoted ? '\'' : ' ')) {
                at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
                value.append(text.charAt(at++));
            }
            at++;
            if (key.equals(wanted)) {
                return value.toString();
            }
        }
        return "";
    }

    private static List<String> words(String line, int from) {
        List<String> words = new ArrayList<>();
        int at = from;
        while (true) {
            while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            if (at == line.length()) {
                return words;
            }
            StringBuilder word = new StringBuilder();
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                char c = line.charAt(at);
                if (c == '\'' || c == '"') {
                    at = quoted(line, at, word);
                } else {
                    word.append(c);
                    at++;
                }
            }
            words.add(word.toString());
        }
    }

    private static int quoted(String line, int start, StringBuilder into) {
        char quote = line.charAt(start);
        int at = start + 1;
        while (at < line.length()) {
            char c = line.charAt(at);
            boolean more = at + 1 < line.length();
            if (c == quote && !(more && line.charAt(at + 1) == quote)) {
                return at + 1;
            }
            boolean twice = c == quote || (c == '\\' && quote == '\'' && more);
            at += twice ? 1 : 0;
            into.append(line.charAt(at++));
        }
        return at;
    }
}
