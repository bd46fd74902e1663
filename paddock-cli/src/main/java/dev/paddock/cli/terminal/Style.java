package dev.paddock.cli.terminal;

/** How a word may stand out on a terminal. */
public enum Style {
    BAD("1;31"),
    GOOD("32"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String apply(String text) {
        return "\033[" + code + "m" + text + "\033[0m";
    }
}
