package dev.paddock.model;

/** The ways by which users say what they want. Each has words of its own for the same {@link Term}. */
public enum Vocabulary {
    /** Options of the command. */
    COMMAND_LINE,
    /** Keys of {@code paddock.yaml}. */
    FILE,
    /** Methods of the library. */
    JAVA,
    /** Attributes of JUnit's annotations, and settings of a test run. */
    JUNIT,
    /** Attributes of the annotation for Spring's tests. */
    SPRING,
    /** Parameters of a JDBC URL. */
    URL;

    /** How somebody gives this value to what is written in this way. */
    String giving(String word, String value) {
        return switch (this) {
            case COMMAND_LINE -> word + " " + value;
            case FILE -> word + ": " + value;
            case JAVA -> word + "(\"" + value + "\")";
            case JUNIT, SPRING -> word + " = \"" + value + "\"";
            case URL -> word + "=" + value;
        };
    }
}
