package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Takes a snapshot out of a registry: its data, and nothing of the image that it was laid on. */
final class SnapshotPullCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "pull",
                        "snapshot pull " + SnapshotPushCommand.IMAGE + " [NAME]",
                        "Pulls the snapshot that an image in a registry holds, or one of the Docker Engine at hand: its data"
                                + " alone. Prints its id.")
                .operands(
                        "1..2",
                        SnapshotPushCommand.IMAGE,
                        "Where it is (" + SnapshotPushCommand.ENGINE
                                + "NAME:TAG is the engine at hand), and what to call it (default: like the image).")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        List<String> operands = given.operands();
        Optional<String> name = operands.size() > 1 ? Optional.of(operands.get(1)) : Optional.empty();
        try (Paddock paddock = session.open()) {
            Snapshot pulled = SnapshotPushCommand.registry(paddock, session).pull(operands.get(0), name);
            session.terminal().print(pulled.id());
            session.terminal()
                    .tell("snapshot " + pulled.label() + ": PostgreSQL "
                            + pulled.manifest().version() + ", "
                            + Sizes.show(pulled.manifest().bytes()));
            return ExitCode.OK;
        }
    }
}
