package dev.paddock.script;

import java.util.Optional;

/** Reads the context that the server gives to an error in COPY data: {@code COPY t, line 3, column c: "x"}, in any language. */
final class CopyContext {
    private CopyContext() {}

    /** The line of the data, from 1, or 0 if the context doesn't tell. */
    static long line(Optional<String> context) {
        String text = context.orElse("");
        if (!text.startsWith("COPY ")) {
            text = text.substring(text.indexOf("\nCOPY ") + 1);
        }
        int comma = text.startsWith("COPY ") ? text.indexOf(", ") : -1;
        while (comma >= 0) {
            int at = comma + 2;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            int start = at + 1;
            int end = start;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            if (at > comma + 2 && end > start && end - start < 18 && text.charAt(at) == ' ') {
                return Long.parseLong(text.substring(start, end));
            }
            comma = text.indexOf(", ", comma + 2);
        }
        return 0;
    }
}
