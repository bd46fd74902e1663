package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.child.ForegroundProgram;
import dev.paddock.registry.ServerRecord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A session of psql with a standing server. */
final class PsqlCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "psql",
                        "psql NAME[/NODE] [-- ARGUMENT…]",
                        "Opens psql on a server; its exit code is the answer.")
                .operands("1", Grammar.SERVER, "The server.")
                .build();
    }

    @Override
    public boolean takesRest() {
        return true;
    }

    @Override
    public int run(Arguments given, Session session) {
        ServerName name = ServerName.of(given);
        ServerRecord server;
        try (Paddock paddock = session.open()) {
            server = name.find(paddock);
        }
        List<String> command = new ArrayList<>();
        command.add(Psql.find().toString());
        command.addAll(given.rest());
        return ForegroundProgram.of(command).run(Access.to(server)::putInto);
    }
}
