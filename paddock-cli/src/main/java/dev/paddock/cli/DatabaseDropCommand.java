package dev.paddock.cli;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import dev.paddock.server.Databases;
import java.util.LinkedHashSet;
import picocli.CommandLine.Model.CommandSpec;

/** Removes databases of a running server: as many as it can, whatever becomes of the others. */
final class DatabaseDropCommand implements Command {

    @Override
    public CommandSpec grammar() {
        Grammar grammar = Grammar.of(
                        "drop",
                        "database drop DATABASE… [--on SERVER]",
                        "Removes databases of a running server, ending the connections to them.")
                .operands("1..*", Grammar.DATABASE, "Their names.");
        return DatabaseServer.addTo(grammar).build();
    }

    @Override
    public int run(Arguments given, Session session) {
        Access server = DatabaseServer.find(given, session);
        int code = ExitCode.OK;
        try (Databases databases = Databases.on(server.connection())) {
            for (String name : new LinkedHashSet<>(given.operands())) {
                try {
                    databases.drop(name);
                } catch (PaddockException failure) {
                    session.terminal()
                            .fail(String.valueOf(failure.getMessage()), failure.hint(Vocabulary.COMMAND_LINE));
                    code = ExitCode.FAILURE;
                }
            }
        }
        return code;
    }
}
