package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import picocli.CommandLine.Model.CommandSpec;

/** How to connect to a standing server. */
final class UrlCommand implements Command {
    private static final String ROLE = "--role";

    @Override
    public CommandSpec grammar() {
        Grammar grammar = Grammar.of("url", "url NAME[/NODE] [options]", "Prints how to connect to a server.")
                .operands("1", Grammar.SERVER, "The server.")
                .value(ROLE, "ROLE", "primary (the default), replica or any.");
        return ConnectionForm.addTo(grammar).build();
    }

    @Override
    public int run(Arguments given, Session session) {
        ServerName name = ServerName.of(given);
        String role = given.value(ROLE).orElse("primary");
        ConnectionForm form = ConnectionForm.of(given);
        try (Paddock paddock = session.open()) {
            Access server = Access.to(name.find(paddock));
            requireRole(role, name);
            session.terminal().print(form.show(server));
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
}
