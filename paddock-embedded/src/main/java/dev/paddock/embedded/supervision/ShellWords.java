package dev.paddock.embedded.supervision;

import java.util.List;

/** Words as a POSIX shell reads them back, on one line. */
final class ShellWords {
    /** By a variable that the script has. */
    private static final String LINE_BREAK = "'\"$NL\"'";

    private ShellWords() {}

    static String join(List<String> words) {
        StringBuilder line = new StringBuilder(256);
        for (String word : words) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a zero byte in: " + word);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append('\'')
                    .append(word.replace("'", "'\\''").replace("\n", LINE_BREAK))
                    .append('\'');
        }
        return line.append('\n').toString();
    }
}
