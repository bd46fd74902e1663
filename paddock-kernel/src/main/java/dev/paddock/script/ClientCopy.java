package dev.paddock.script;

import java.util.Locale;

/**
 * What {@code \copy} says: a COPY whose data is on psql's side.
 *
 * @param statement for the server, from STDIN or to STDOUT
 * @param file as it is named; empty if it is none
 */
record ClientCopy(Kind kind, String statement, String file) {

    enum Kind {
        FROM_FILE,
        /** The data stands in the script, behind the line. */
        FROM_SCRIPT,
        FROM_TERMINAL,
        TO_FILE,
        /** To where results are shown. */
        TO_NOBODY,
        PROGRAM,
        MALFORMED
    }

    private static final ClientCopy MALFORMED = new ClientCopy(Kind.MALFORMED, "", "");

    /** @param line all behind the command's name */
    static ClientCopy parse(String line) {
        int at = 0;
        int open = 0;
        int words = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            int end = at + 1;
            if (c == '"' || (c == '\'' && open > 0)) {
                end = Math.max(line.indexOf(c, at + 1) + 1, at + 1);
            } else if (isNamePart(c)) {
                while (end < line.length() && isNamePart(line.charAt(end))) {
                    end++;
                }
                String word = line.substring(at, end).toLowerCase(Locale.ROOT);
                if (open == 0 && words > 0 && (word.equals("from") || word.equals("to"))) {
                    return place(line.substring(0, at), word.equals("from"), line.substring(end));
                }
            }
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            words += Character.isWhitespace(c) ? 0 : 1;
            at = end;
        }
        return MALFORMED;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static ClientCopy place(String table, boolean from, String rest) {
        String place = rest.strip();
        StringBuilder file = new StringBuilder();
        int at = 0;
        boolean quoted = place.startsWith("'");
        if (quoted) {
            at = 1;
            while (at < place.length() && (place.charAt(at) != '\'' || place.startsWith("''", at))) {
                at += place.charAt(at) == '\'' ? 1 : 0;
                file.append(place.charAt(at++));
            }
            at++;
        } else {
            while (at < place.length() && !Character.isWhitespace(place.charAt(at)) && place.charAt(at) != ';') {
                file.append(place.charAt(at++));
            }
        }
        if (file.isEmpty() || at > place.length()) {
            return MALFORMED;
        }
        String options = place.substring(at);
        String statement = "COPY " + table + (from ? "FROM STDIN" : "TO STDOUT") + options;
        String word = quoted ? "" : file.toString().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "program" -> new ClientCopy(Kind.PROGRAM, "", "");
            case "stdin", "stdout" -> new ClientCopy(from ? Kind.FROM_SCRIPT : Kind.TO_NOBODY, statement, "");
            case "pstdin", "pstdout" -> new ClientCopy(from ? Kind.FROM_TERMINAL : Kind.TO_NOBODY, statement, "");
            default -> new ClientCopy(from ? Kind.FROM_FILE : Kind.TO_FILE, statement, file.toString());
        };
    }
}
