package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.util.LinkedHashSet;
import picocli.CommandLine.Model.CommandSpec;

/** Removes snapshots: as many as it can, whatever becomes of the others. */
final class SnapshotRmCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of("rm", "snapshot rm SNAPSHOT…", "Removes snapshots that no server is running on.")
                .operands("1..*", Grammar.SNAPSHOT, "Their names or ids.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        try (Paddock paddock = session.open()) {
            int code = ExitCode.OK;
            for (String name : new LinkedHashSet<>(given.operands())) {
                try {
                    paddock.snapshots().remove(name);
                    session.terminal().tell("removed " + name);
                } catch (PaddockException failure) {
                    session.terminal()
                            .fail(String.valueOf(failure.getMessage()), failure.hint(Vocabulary.COMMAND_LINE));
                    code = ExitCode.FAILURE;
                }
            }
            return code;
        }
    }
}
