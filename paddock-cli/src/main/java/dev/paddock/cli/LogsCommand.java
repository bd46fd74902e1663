package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.engine.EngineServer;
import picocli.CommandLine.Model.CommandSpec;

/** What a standing server has logged. */
final class LogsCommand implements Command {
    private static final String FOLLOW = "--follow";

    @Override
    public CommandSpec grammar() {
        return Grammar.of("logs", "logs NAME[/NODE] [-f]", "Prints a server's log.")
                .operands("1", Grammar.SERVER, "The server.")
                .flag("-f", FOLLOW, "Go on until the server ends.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        ServerName name = ServerName.of(given);
        try (Paddock paddock = session.open()) {
            // Not closed: that would stop it.
            EngineServer server = paddock.attach(name.find(paddock));
            LogReader log = new LogReader(server.log(), session.terminal());
            log.copy();
            if (given.has(FOLLOW)) {
                log.follow(server::isAlive);
            }
            return ExitCode.OK;
        }
    }
}
