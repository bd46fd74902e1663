package dev.paddock.cli.terminal;

/** How a word may stand out on a terminal. */
public enum Style {
    BAD("1;31"),
    GOOD("32"),
    FAINT("2"),
    STRONG("1");

    private static final String END = "\033[0m";

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** How long the beginning or end of a style is that stands at this place of a text; 0 if there is none. */
    static int lengthAt(String text, int at) {
        for (Style style : values()) {
            String begin = "\033[" + style.code + "m";
            if (text.startsWith(begin, at)) {
                return begin.length();
            }
        }
        return text.startsWith(END, at) ? END.length() : 0;
    }

    String apply(String text) {
        return "\033[" + code + "m" + text + END;
    }
}
