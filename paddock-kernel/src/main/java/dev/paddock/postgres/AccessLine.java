package dev.paddock.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a {@code pg_hba.conf}, read as PostgreSQL reads it: with quotes, lists, comments, and lines that go on with the next.
 *
 * @param number of its first line in the file, from 1
 * @param fields lists of words, without their quotes
 */
record AccessLine(int number, List<List<String>> fields) {
    private static final String TRUST = "trust";
    private static final List<String> INCLUDES = List.of("include", "include_dir", "include_if_exists");
    /** Behind type, databases, users and address there may be a mask. */
    private static final int FIRST_PLACE_OF_METHOD = 4;

    private static final int LAST_PLACE_OF_METHOD = 5;

    /** Those of a file that say something. */
    static List<AccessLine> of(List<String> lines) {
        List<AccessLine> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            StringBuilder whole = new StringBuilder(lines.get(i));
            while (whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\' && i + 1 < lines.size()) {
                whole.setLength(whole.length() - 1);
                whole.append(lines.get(++i));
            }
            List<List<String>> fields = fields(whole.toString());
            if (!fields.isEmpty()) {
                found.add(new AccessLine(first + 1, fields));
            }
        }
        return found;
    }

    /** Whether it names another file. */
    boolean includes() {
        return INCLUDES.contains(fields.get(0).get(0))
                || fields.stream().flatMap(List::stream).anyMatch(word -> word.length() > 1 && word.startsWith("@"));
    }

    /** Whether it lets everybody in over TCP who asks. */
    boolean letsEverybodyIn() {
        return fields.get(0).get(0).startsWith("host")
                && fields.subList(
                                Math.min(FIRST_PLACE_OF_METHOD, fields.size()),
                                Math.min(LAST_PLACE_OF_METHOD + 1, fields.size()))
                        .contains(List.of(TRUST));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static List<List<String>> fields(String line) {
        List<List<String>> fields = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        boolean quoted = false;
        boolean goesOn = false;
        for (int i = 0; i <= line.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : '\n';
            boolean end = i == line.length() || (!quoted && (c == '#' || c == ',' || isBlank(c)));
            if (!end) {
                quoted ^= c == '"';
                inWord = true;
                if (c != '"' || (quoted && i > 0 && line.charAt(i - 1) == '"')) {
                    word.append(c);
                }
                continue;
            }
            if (inWord) {
                if (!goesOn) {
                    fields.add(new ArrayList<>());
                }
                fields.get(fields.size() - 1).add(word.toString());
                word.setLength(0);
                inWord = false;
                // Directly behind a word; elsewhere a comma is no more than space.
                goesOn = c == ',';
            }
            if (c == '#') {
                break;
            }
        }
        return fields;
    }
}
