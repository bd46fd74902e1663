package dev.paddock.cli;

import dev.paddock.model.InvalidSpecException;
import java.util.Map;

/** The ways of writing how to connect, as {@code --as} names them. Each holds the password. */
enum ConnectionForm {
    URI,
    JDBC,
    ENV,
    PSQL;

    static final String OPTION = "--as";
    static final String LABEL = "FORM";

    static Grammar addTo(Grammar grammar) {
        return grammar.value(
                OPTION,
                LABEL,
                "uri (the default); jdbc; env: lines for a shell to eval; psql: a command line. Each holds the password.");
    }

    /** @throws InvalidSpecException if what is asked for is none */
    static ConnectionForm of(Arguments given) {
        String name = given.value(OPTION).orElse("uri");
        return switch (name) {
            case "uri" -> URI;
            case "jdbc" -> JDBC;
            case "env" -> ENV;
            case "psql" -> PSQL;
            default -> throw new InvalidSpecException("'" + name + "' is not a form", "choose uri, jdbc, env or psql");
        };
    }

    String show(Access access) {
        return switch (this) {
            case URI -> access.connection().uri();
            case JDBC -> access.connection().jdbcUrlWithCredentials();
            // Whoever asks has them evaluated by the shell that this environment comes from.
            case ENV -> "unset " + String.join(" ", access.foreign(System.getenv())) + exports(access.environment());
            case PSQL -> access.connection().psql();
        };
    }

    private static String exports(Map<String, String> variables) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            lines.append("\nexport ").append(variable.getKey()).append('=').append(quoted(variable.getValue()));
        }
        return lines.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
