package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.cli.child.ForegroundProgram;
import dev.paddock.cli.terminal.Terminal;
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
                                + " it by PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE, DATABASE_URL and"
                                + " JDBC_DATABASE_URL, and the template of --template by PADDOCK_TEMPLATE; its exit code"
                                + " is the answer."))
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        WantedServer wanted = WantedServer.read(given);
        if (given.rest().isEmpty()) {
            throw new InvalidSpecException("there is no command to run", "put it after --, as in: paddock run -- psql");
        }
        ForegroundProgram program = ForegroundProgram.of(given.rest());
        try (Paddock paddock = session.open(SpecOptions.engine(given));
                PostgresServer server = paddock.start(wanted.prepared(paddock))) {
            int code = program.run(Access.to(server).environment());
            if (!server.isAlive()) {
                explain(server, session.terminal());
            }
            return code;
        }
    }

    private static void explain(PostgresServer server, Terminal terminal) {
        terminal.tell("paddock: the server ended before the command did, its last log lines are:");
        server.lastLogLines(LOG_LINES).forEach(line -> terminal.tell("  " + line));
    }
}
