package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** How to connect to a standing server. */
final class UrlCommand implements Command {
    static final String ROLE = "--role";
    static final String AS = "--as";

    @Override
    public CommandSpec grammar() {
        return Grammar.of("url", "url NAME[/NODE] [options]", "Prints how to connect to a server.")
                .operands("1", Grammar.SERVER, "The server.")
                .value(ROLE, "ROLE", "primary (the default), replica or any.")
                .value(
                        AS,
                        "FORM",
                        "uri (the default); jdbc; env: lines for a shell to eval; psql: a command line. Each holds the"
                                + " password.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        ServerName name = ServerName.of(given);
        String role = given.value(ROLE).orElse("primary");
        try (Paddock paddock = session.open()) {
            ConnectionInfo connection = name.find(paddock).connection();
            requireRole(role, name);
            session.terminal().print(shown(connection, given.value(AS).orElse("uri")));
            return ExitCode.OK;
        }
    }

    private static void requireRole(String role, ServerName name) {
        switch (role) {
            case "primary", "any" -> {}
            case "replica" -> throw new PaddockException(name.name() + " has no replica");
            default -> throw new InvalidSpecException("'" + role + "' is not a role", "choose primary, replica or any");
        }
    }

    private static String shown(ConnectionInfo connection, String form) {
        return switch (form) {
            case "uri" -> connection.uri();
            case "jdbc" -> connection.jdbcUrlWithCredentials();
            case "env" -> exports(connection.environment());
            case "psql" -> "psql " + quoted(connection.uri());
            default -> throw new InvalidSpecException("'" + form + "' is not a form", "choose uri, jdbc, env or psql");
        };
    }

    private static String exports(Map<String, String> variables) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append("export ")
                    .append(variable.getKey())
                    .append('=')
                    .append(quoted(variable.getValue()));
        }
        return lines.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
