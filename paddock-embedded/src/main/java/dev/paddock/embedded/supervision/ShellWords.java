package dev.paddock.embedded.supervision;

import java.util.List;

/** Words as a POSIX shell reads them back, on one line. */
final class ShellWords {
    private ShellWords() {}

    static String join(List<String> words) {
        StringBuilder line = new StringBuilder(256);
        for (String word : words) {
            if (word.indexOf('\n') >= 0 || word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a line break in: " + word);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append('\'').append(word.replace("'", "'\\''")).append('\'');
        }
        return line.append('\n').toString();
    }
}
