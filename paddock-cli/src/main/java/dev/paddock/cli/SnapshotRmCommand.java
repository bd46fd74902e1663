package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.PaddockException;
import java.util.LinkedHashSet;

/** Removes snapshots: as many as it can, whatever becomes of the others. */
final class SnapshotRmCommand implements Command {

    @Override
    public Grammar grammar() {
        return Grammar.of("snapshot rm", "snapshot rm SNAPSHOT…", "Removes snapshots that no server is running on.")
                .operands(1, Integer.MAX_VALUE, Grammar.SNAPSHOT, "Their names or ids.")
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
                    session.terminal().fail(String.valueOf(failure.getMessage()), failure.hint());
                    code = ExitCode.FAILURE;
                }
            }
            return code;
        }
    }
}
