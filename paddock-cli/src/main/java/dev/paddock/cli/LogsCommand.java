package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.engine.EngineServer;
import dev.paddock.engine.EngineService;
import dev.paddock.engine.ServerLog;
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
            if (name.isServer()) {
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

    private static void print(ServerLog written, BooleanSupplier isAlive, Arguments given, Session session) {
        LogReader log = new LogReader(written, session.terminal());
        log.copy();
        if (given.has(FOLLOW)) {
            log.follow(isAlive);
        }
    }
}
