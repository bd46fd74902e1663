package dev.paddock.wire;

/** Names and values as SQL wants them written. */
public final class Quoted {
    private Quoted() {}

    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** With {@code standard_conforming_strings}, as it is by default. */
    public static String literal(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }
}
