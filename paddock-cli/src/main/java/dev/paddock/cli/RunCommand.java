package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.Stack;
import dev.paddock.cli.child.ForegroundProgram;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.engine.EngineService;
import dev.paddock.model.InvalidSpecException;
import picocli.CommandLine.Model.CommandSpec;

/** A server for as long as a command runs. */
final class RunCommand implements Command {
    private static final int LOG_LINES = 20;

    @Override
    public CommandSpec grammar() {
        return SpecOptions.addTo(Grammar.of(
                        "run",
                        "run [options] -- COMMAND [ARGUMENT…]",
                        "Runs a command with a PostgreSQL server of its own, gone when the command ends. The command finds"
                                + " it by PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE, DATABASE_URL and"
                                + " JDBC_DATABASE_URL, and the template of --template by PADDOCK_TEMPLATE; its exit code"
                                + " is the answer."))
                .build();
    }

    @Override
    public boolean takesRest() {
        return true;
    }

    @Override
    public int run(Arguments given, Session session) {
        WantedServer wanted = WantedServer.read(given);
        if (given.rest().isEmpty()) {
            throw new InvalidSpecException("there is no command to run", "put it after --, as in: paddock run -- psql");
        }
        ForegroundProgram program = ForegroundProgram.of(given.rest());
        try (Paddock paddock = session.open(wanted.engine());
                Stack stack = paddock.start(wanted.prepared(paddock))) {
            PostgresServer server = stack.postgres();
            int code = program.run(variables -> {
                Access.to(server).putInto(variables);
                stack.services().forEach(service -> variables.putAll(ServiceAccess.environment(service)));
            });
            if (!server.isAlive()) {
                explain(server, session.terminal());
            }
            stack.services().stream()
                    .filter(service -> !service.isAlive())
                    .forEach(service -> explain(service, session.terminal()));
            return code;
        }
    }

    private static void explain(PostgresServer server, Terminal terminal) {
        if (server.isExpired()) {
            terminal.tell("paddock: the server's time to live (--ttl) was over before the command ended");
            return;
        }
        terminal.tell("paddock: the server ended before the command did, its last log lines are:");
        server.lastLogLines(LOG_LINES).forEach(line -> terminal.tell("  " + line));
    }

    private static void explain(EngineService service, Terminal terminal) {
        terminal.tell(
                "paddock: the service " + service.name() + " ended before the command did, its last log lines are:");
        service.lastLogLines(LOG_LINES).forEach(line -> terminal.tell("  " + line));
    }
}
