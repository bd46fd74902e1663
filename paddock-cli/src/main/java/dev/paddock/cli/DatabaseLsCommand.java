package dev.paddock.cli;

import dev.paddock.cli.terminal.Json;
import dev.paddock.cli.terminal.Table;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.server.Databases;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The databases of a running server. */
final class DatabaseLsCommand implements Command {

    @Override
    public CommandSpec grammar() {
        Grammar grammar = Grammar.of(
                        "ls", "database ls [--on SERVER] [--json]", "Lists the databases of a running server.")
                .flag(Grammar.JSON, "Print all that is known of them, for programs.");
        return DatabaseServer.addTo(grammar).build();
    }

    @Override
    public int run(Arguments given, Session session) {
        Access server = DatabaseServer.find(given, session);
        List<Databases.Entry> entries;
        try (Databases databases = Databases.on(server.connection())) {
            entries = databases.list();
        }
        if (given.has(Grammar.JSON)) {
            Json.print(session.terminal(), new DatabaseListing(entries));
        } else {
            show(entries, session.terminal());
        }
        return ExitCode.OK;
    }

    private static void show(List<Databases.Entry> entries, Terminal terminal) {
        Table table = new Table("NAME", "SIZE", "CONNECTIONS", "KIND");
        for (Databases.Entry entry : entries) {
            table.add(
                    entry.name(),
                    Sizes.show(entry.bytes()),
                    Integer.toString(entry.connections()),
                    entry.template() ? "template" : "-");
        }
        table.printTo(terminal);
    }
}
