package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Json;
import dev.paddock.cli.terminal.Style;
import dev.paddock.cli.terminal.Table;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.engine.EngineService;
import dev.paddock.model.Durations;
import dev.paddock.model.Vocabulary;
import dev.paddock.registry.DamagedRecordException;
import dev.paddock.registry.RegisteredServer;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The servers that stand. */
final class LsCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of("ls", "ls [--json]", "Lists the servers that are running, and those that have failed.")
                .flag(Grammar.JSON, "Print all that is known of them, for programs.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        try (Paddock paddock = session.open()) {
            List<RegisteredServer> servers = paddock.registry().all();
            List<DamagedRecordException> damaged = paddock.registry().damaged();
            if (given.has(Grammar.JSON)) {
                Json.print(session.terminal(), new ServerListing(paddock, servers, damaged));
            } else if (servers.isEmpty() && damaged.isEmpty()) {
                session.terminal().tell("no server is running; start one with: paddock up");
            } else {
                show(servers, paddock, session.terminal());
                servers.forEach(server -> tellOfServices(server, paddock, session.terminal()));
            }
            servers.forEach(server -> explain(server, session.terminal()));
            damaged.forEach(each ->
                    session.terminal().fail(String.valueOf(each.getMessage()), each.hint(Vocabulary.COMMAND_LINE)));
            return ExitCode.OK;
        }
    }

    private static void tellOfServices(RegisteredServer server, Paddock paddock, Terminal terminal) {
        if (server.doubt().isEmpty() && !server.hasFailed()) {
            paddock.services(server.record())
                    .forEach(each -> tell(server.record().name(), each, terminal));
        }
    }

    private static void tell(String server, EngineService service, Terminal terminal) {
        if (service.ended().isEmpty()) {
            terminal.tell(server + ": " + ServiceAccess.describe(service));
        } else {
            terminal.fail(
                    server + ": the service " + service.name() + " "
                            + service.ended().get().reason(),
                    Optional.of("what it said last: paddock logs " + server + "/" + service.name()));
        }
    }

    private static String ago(Instant when) {
        return ", " + Durations.show(Duration.between(when, Instant.now())) + " ago";
    }

    private static void show(List<RegisteredServer> servers, Paddock paddock, Terminal terminal) {
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
                    each.hasFailed() ? "-" : Durations.show(Duration.between(server.started(), now)),
                    server.until()
                            .filter(until -> !each.hasFailed())
                            .map(until -> Durations.show(Duration.between(now, until)))
                            .orElse("-"),
                    server.storage(),
                    shown(ServerListing.state(each, ServerListing.services(paddock, each)), terminal));
        }
        table.printTo(terminal);
    }

    private static String shown(String state, Terminal terminal) {
        return terminal.onOut(state.equals(ServerListing.RUNNING) ? Style.GOOD : Style.BAD, state);
    }

    private static void explain(RegisteredServer server, Terminal terminal) {
        String name = server.record().name();
        server.end()
                .ifPresent(end -> terminal.fail(
                        name + " " + end.reason()
                                + end.when().map(LsCommand::ago).orElse(""),
                        Optional.of(
                                "what it said last: paddock logs " + name + "; remove it with: paddock down " + name)));
        server.doubt()
                .ifPresent(doubt -> terminal.fail(
                        "whether " + server.record().name() + " runs can't be told: " + doubt.getMessage(),
                        doubt.hint(Vocabulary.COMMAND_LINE)));
    }
}
