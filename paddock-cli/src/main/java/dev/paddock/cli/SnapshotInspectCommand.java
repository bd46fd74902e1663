package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Json;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import picocli.CommandLine.Model.CommandSpec;

/** All that is known of one snapshot. */
final class SnapshotInspectCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of("inspect", "snapshot inspect SNAPSHOT [--json]", "Shows what a snapshot is and was made of.")
                .operands("1", Grammar.SNAPSHOT, "Its name or id, or how its id begins.")
                .flag(Grammar.JSON, "Print it for programs.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        try (Paddock paddock = session.open()) {
            Snapshot snapshot = paddock.snapshots().get(given.operand().orElseThrow());
            if (given.has(Grammar.JSON)) {
                Json.print(session.terminal(), SnapshotListing.of(snapshot));
            } else {
                show(snapshot, session.terminal());
            }
            return ExitCode.OK;
        }
    }

    private static void show(Snapshot snapshot, Terminal terminal) {
        Manifest manifest = snapshot.manifest();
        terminal.print("name         " + snapshot.name().orElse("-"));
        terminal.print("id           " + manifest.id());
        terminal.print("kind         " + manifest.kind());
        terminal.print("postgres     " + manifest.version() + " (" + manifest.origin() + ")");
        terminal.print(
                "platform     " + manifest.platform().map(Object::toString).orElse("-"));
        terminal.print("locale       " + manifest.format().locale());
        terminal.print("encoding     " + manifest.format().encoding());
        terminal.print("checksums    " + (manifest.format().checksums() ? "yes" : "no"));
        terminal.print("wal segment  " + manifest.format().walSegment());
        terminal.print("user         " + manifest.user());
        terminal.print("database     " + manifest.database());
        terminal.print("parent       " + manifest.parent().orElse("-"));
        terminal.print("created      " + manifest.created());
        terminal.print("size         " + Sizes.show(manifest.bytes()) + " in " + manifest.files() + " files");
        for (String image : snapshot.images()) {
            terminal.print("image        " + image);
        }
        terminal.print("folder       " + snapshot.folder());
    }
}
