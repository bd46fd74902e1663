package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.engine.EngineServer;
import dev.paddock.engine.EngineService;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.ServerEnd;
import dev.paddock.registry.RegisteredServer;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Model.CommandSpec;

/** What a standing server has logged. */
final class LogsCommand implements Command {
    private static final String FOLLOW = "--follow";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "logs",
                        "logs NAME[/NODE | /SERVICE] [-f]",
                        "Prints a server's log, or that of a service beside it.")
                .operands("1", Grammar.SERVER, "The server.")
                .flag("-f", FOLLOW, "Go on until the server ends.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        ServerName name = ServerName.of(given);
        try (Paddock paddock = session.open()) {
            RegisteredServer known = paddock.registry().known(name.name());
            if (name.isServer() && known.end().isPresent()) {
                printKept(name, known.end().get(), session);
            } else if (name.isServer()) {
                // Not closed: that would stop it.
                EngineServer server = paddock.attach(name.find(paddock));
                print(server.log(), server::isAlive, given, session);
            } else {
                EngineService service = name.findService(paddock);
                print(service.log(), service::isAlive, given, session);
            }
            return ExitCode.OK;
        }
    }

    /** Of one that has failed, as much as was kept. */
    private static void printKept(ServerName name, ServerEnd end, Session session) {
        end.lastLogLines().forEach(session.terminal()::print);
        session.terminal()
                .tell("paddock: " + name.name() + " " + end.reason()
                        + (end.lastLogLines().isEmpty() ? "" : "; these are the last lines of its log"));
    }

    private static void print(ServerLog written, BooleanSupplier isAlive, Arguments given, Session session) {
        LogReader log = new LogReader(written, session.terminal());
        log.copy();
        if (given.has(FOLLOW)) {
            log.follow(isAlive);
        }
    }
}
