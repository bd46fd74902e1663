package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.engine.EngineService;
import dev.paddock.model.Durations;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.RegisteredServer;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A server that lives on when the command has ended. */
final class UpCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return SpecOptions.addTo(Grammar.of(
                                "up",
                                "up [NAME] [options]",
                                "Starts a server and leaves it running until it is stopped or its time is over. Prints its"
                                        + " URI.")
                        .operands("0..1", "NAME", "What to call it (default: pg1, pg2, …)."))
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        WantedServer wanted = WantedServer.read(given);
        try (Paddock paddock = session.open(wanted.engine())) {
            List<EngineService> services = new ArrayList<>();
            Optional<String> name = given.operand().or(wanted::name);
            Optional<RegisteredServer> failed =
                    name.flatMap(paddock.registry()::look).filter(RegisteredServer::hasFailed);
            failed.ifPresent(before -> session.terminal()
                    .tell("replacing " + before.record().name() + ", which "
                            + before.end().orElseThrow().reason()));
            ServerRecord server =
                    paddock.up(name, wanted.prepared(paddock), stack -> services.addAll(stack.services()));
            session.terminal().print(server.connection().uri());
            if (!session.terminal().isDelivered()) {
                // Whoever wanted it will never know how to reach or stop it.
                paddock.down(server.name());
                throw new PaddockException("standard output can't be written to, so the server was stopped again");
            }
            explain(server, session.terminal());
            services.forEach(service -> session.terminal().tell("  " + ServiceAccess.describe(service)));
            return ExitCode.OK;
        }
    }

    private static void explain(ServerRecord server, Terminal terminal) {
        String end = server.until()
                .map(until -> ", for " + Durations.show(Duration.between(server.started(), until)))
                .orElse("");
        terminal.tell(server.name() + " is running: PostgreSQL " + server.version() + " on port "
                + server.connection().port() + end);
        terminal.tell("stop it with: paddock down " + server.name());
    }
}
