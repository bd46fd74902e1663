package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Json;
import dev.paddock.cli.terminal.Style;
import dev.paddock.cli.terminal.Table;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.model.Durations;
import dev.paddock.registry.RegisteredServer;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The servers that stand. */
final class LsCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of("ls", "ls [--json]", "Lists the servers that are running.")
                .flag(Grammar.JSON, "Print all that is known of them, for programs.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        try (Paddock paddock = session.open()) {
            List<RegisteredServer> servers = paddock.registry().all();
            if (given.has(Grammar.JSON)) {
                Json.print(session.terminal(), new ServerListing(paddock, servers));
            } else if (servers.isEmpty()) {
                session.terminal().tell("no server is running; start one with: paddock up");
            } else {
                show(servers, session.terminal());
                servers.forEach(server -> tellOfServices(server, paddock, session.terminal()));
            }
            servers.forEach(server -> explain(server, session.terminal()));
            paddock.registry()
                    .damaged()
                    .forEach(each -> session.terminal().fail(String.valueOf(each.getMessage()), each.hint()));
            return ExitCode.OK;
        }
    }

    private static void tellOfServices(RegisteredServer server, Paddock paddock, Terminal terminal) {
        if (server.doubt().isEmpty()) {
            paddock.services(server.record())
                    .forEach(each -> terminal.tell(server.record().name() + ": " + ServiceAccess.describe(each)));
        }
    }

    private static void show(List<RegisteredServer> servers, Terminal terminal) {
        Instant now = Instant.now();
        Table table = new Table("NAME", "ENGINE", "POSTGRES", "PORT", "DATABASE", "UP", "ENDS IN", "STORAGE", "STATE");
        for (RegisteredServer each : servers) {
            ServerRecord server = each.record();
            table.add(
                    server.name(),
                    server.engine(),
                    server.version().toString(),
                    Integer.toString(server.connection().port()),
                    server.connection().database(),
                    Durations.show(Duration.between(server.started(), now)),
                    server.until()
                            .map(until -> Durations.show(Duration.between(now, until)))
                            .orElse("-"),
                    server.storage(),
                    terminal.onOut(each.doubt().isPresent() ? Style.BAD : Style.GOOD, ServerListing.state(each)));
        }
        table.printTo(terminal);
    }

    private static void explain(RegisteredServer server, Terminal terminal) {
        server.doubt()
                .ifPresent(doubt -> terminal.fail(
                        "whether " + server.record().name() + " runs can't be told: " + doubt.getMessage(),
                        doubt.hint()));
    }
}
