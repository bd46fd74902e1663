package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Json;
import dev.paddock.cli.terminal.Style;
import dev.paddock.cli.terminal.Table;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.model.Durations;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import dev.paddock.snapshot.DamagedSnapshot;
import dev.paddock.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The snapshots in the cache. */
final class SnapshotLsCommand implements Command {
    private static final int SHORT_ID = 12;

    @Override
    public CommandSpec grammar() {
        return Grammar.of("ls", "snapshot ls [--json]", "Lists the snapshots in the cache, the newest first.")
                .flag(Grammar.JSON, "Print all that is known of them, for programs.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        try (Paddock paddock = session.open()) {
            List<Snapshot> snapshots = paddock.snapshots().list();
            List<DamagedSnapshot> damaged = paddock.snapshots().damaged();
            if (given.has(Grammar.JSON)) {
                Json.print(session.terminal(), SnapshotListing.of(snapshots, damaged));
            } else if (snapshots.isEmpty() && damaged.isEmpty()) {
                session.terminal().tell("there is no snapshot; make one with: paddock snapshot create");
            } else {
                show(snapshots, damaged, session.terminal());
            }
            for (DamagedSnapshot each : damaged) {
                PaddockException failure = each.failure();
                session.terminal().fail(String.valueOf(failure.getMessage()), failure.hint(Vocabulary.COMMAND_LINE));
            }
            return ExitCode.OK;
        }
    }

    private static void show(List<Snapshot> snapshots, List<DamagedSnapshot> damaged, Terminal terminal) {
        Instant now = Instant.now();
        Table table = new Table("NAME", "ID", "KIND", "POSTGRES", "SIZE", "AGE");
        for (Snapshot snapshot : snapshots) {
            table.add(
                    snapshot.name().orElse("-"),
                    snapshot.id().substring(0, SHORT_ID),
                    snapshot.manifest().kind().toString(),
                    snapshot.manifest().version().toString(),
                    Sizes.show(snapshot.manifest().bytes()),
                    Durations.show(Duration.between(snapshot.manifest().created(), now)));
        }
        for (DamagedSnapshot each : damaged) {
            table.add(
                    each.name().orElse("-"),
                    each.id().map(id -> id.substring(0, SHORT_ID)).orElse("-"),
                    terminal.onOut(Style.BAD, "damaged"),
                    "-",
                    "-",
                    "-");
        }
        table.printTo(terminal);
    }
}
