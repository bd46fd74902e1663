package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import dev.paddock.snapshot.DamagedSnapshot;
import dev.paddock.snapshot.Snapshot;
import java.util.LinkedHashSet;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Reads every file of snapshots and compares it with what it was made with. */
final class SnapshotVerifyCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "verify",
                        "snapshot verify SNAPSHOT…",
                        "Reads all files of snapshots, and tells whether they are those that they were made of.")
                .operands("1..*", Grammar.SNAPSHOT, "Their names or ids.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        try (Paddock paddock = session.open()) {
            int code = ExitCode.OK;
            for (String name : new LinkedHashSet<>(given.operands())) {
                try {
                    Snapshot snapshot = paddock.snapshots().get(name);
                    Optional<DamagedSnapshot> damage = paddock.snapshots().verify(snapshot);
                    if (damage.isPresent()) {
                        throw damage.get().failure();
                    }
                    session.terminal()
                            .tell(name + ": all " + snapshot.manifest().files() + " files are as they were made");
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
