package dev.paddock.cli.terminal;

import java.util.Locale;

/**
 * Text of unknown origin, made fit for a terminal: names, logs and files can hold characters that move the cursor, change the title or
 * answer for the user. Such a character is shown as its number, as in {@code \x1b}. The styles of this package stay.
 */
final class Visible {
    private static final char ESCAPE = '\033';

    private Visible() {}

    /** Line breaks and tabs stay. */
    static String text(String written) {
        return shown(written, true);
    }

    /** On one line. */
    static String line(String written) {
        return shown(written, false);
    }

    private static String shown(String written, boolean withBreaks) {
        int at = 0;
        while (at < written.length() && isHarmless(written.charAt(at), withBreaks)) {
            at++;
        }
        if (at == written.length()) {
            return written;
        }
        StringBuilder shown = new StringBuilder(written.substring(0, at));
        while (at < written.length()) {
            char letter = written.charAt(at);
            int style = letter == ESCAPE ? Style.lengthAt(written, at) : 0;
            if (style > 0) {
                shown.append(written, at, at + style);
                at += style;
            } else {
                shown.append(isHarmless(letter, withBreaks) ? String.valueOf(letter) : number(letter));
                at++;
            }
        }
        return shown.toString();
    }

    private static boolean isHarmless(char letter, boolean withBreaks) {
        return (letter == '\n' || letter == '\t') ? withBreaks : !controls(letter);
    }

    /** Control characters of both sets, and those that turn the direction of what follows. */
    private static boolean controls(char letter) {
        return Character.isISOControl(letter)
                || letter == '\u200e'
                || letter == '\u200f'
                || (letter >= '\u202a' && letter <= '\u202e')
                || (letter >= '\u2066' && letter <= '\u2069');
    }

    private static String number(char letter) {
        return letter < 0x100
                ? String.format(Locale.ROOT, "\\x%02x", (int) letter)
                : String.format(Locale.ROOT, "\\u%04x", (int) letter);
    }
}
