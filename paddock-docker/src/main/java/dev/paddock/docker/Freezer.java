package dev.paddock.docker;

import dev.paddock.model.PaddockException;
import dev.paddock.server.DatabaseCopies;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Makes snapshots of running servers. Their processes stand still while their data is packed, which leaves it as a power cut would; a server on a
 * clone of that recovers, is shut down in order, and is what the snapshot is made of.
 */
final class Freezer {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SnapshotStore store;
    private final Containers containers;
    private final BiFunction<Snapshot, String, ServerStart.Started> recover;

    /** @param recover starts a server on a clone of a snapshot that was not shut down, of the image of this name */
    Freezer(SnapshotStore store, Containers containers, BiFunction<Snapshot, String, ServerStart.Started> recover) {
        this.store = store;
        this.containers = containers;
        this.recover = recover;
    }

    Snapshot freeze(Place server, Label label) {
        label.name().ifPresent(store::requireFree);
        Set<String> others;
        try (WireConnection control = control(server)) {
            others = DatabaseCopies.foldersExcept(label.database(), control);
            // What was committed may still be in shared memory alone, which a copy of the files doesn't have.
            control.execute("CHECKPOINT");
        }
        containers.runInside(
                server.container(), Script.STAND_STILL.command(server.data()), "to take the data of a running server");
        try (SnapshotStore.Staged image = PackedData.in(
                server.own(),
                data -> store.stage(draft(data, server, server.origin(), label, Optional.empty(), others)))) {
            return recovered(image.snapshot(), server, label);
        } finally {
            tidy(server.own());
        }
    }

    private Snapshot recovered(Snapshot image, Place frozen, Label label) {
        ServerStart.Started recovery = recover.apply(image, frozen.image());
        try {
            Place place = recovery.place();
            try (WireConnection control = control(place)) {
                DatabaseCopies.forgetExcept(label.database(), control);
                // The snapshot holds one segment then, with next to nothing in it.
                control.execute("SELECT pg_switch_wal()");
            }
            return keep(place, frozen.origin(), label, Optional.empty());
        } finally {
            recovery.container().end(PATIENCE);
            recovery.place().own().delete();
        }
    }

    /** Of a server that its owner gives up for it; the container ends with it. */
    Snapshot conclude(Place server, Label label) {
        label.name().ifPresent(store::requireFree);
        try (WireConnection control = control(server)) {
            control.execute("SELECT pg_switch_wal()");
        }
        return keep(server, server.origin(), label, Optional.empty());
    }

    /** Of the same data with copies of its database beside it. */
    Snapshot multiply(Snapshot template, String image, int copies) {
        Manifest facts = template.manifest();
        ServerStart.Started recovery = recover.apply(template, image);
        try {
            Draft.Duplication duplication;
            try (WireConnection control = control(recovery.place())) {
                duplication = new DatabaseCopies(facts.database(), copies).register(control);
                control.execute("SELECT pg_switch_wal()");
            }
            Label label = new Label(Kind.TEMPLATE, Optional.empty(), facts.user(), facts.database());
            return keep(recovery.place(), template, label, Optional.of(duplication));
        } finally {
            recovery.container().end(PATIENCE);
            recovery.place().own().delete();
        }
    }

    private Snapshot keep(Place server, Snapshot parent, Label label, Optional<Draft.Duplication> duplication) {
        server.own().write("hold", java.util.List.of());
        try {
            containers.runInside(
                    server.container(), Script.CONCLUDE.command(server.data()), "to take the data of a server");
        } finally {
            delete(server.own(), "hold");
        }
        Snapshot made = PackedData.in(
                server.own(), data -> store.add(draft(data, server, parent, label, duplication, Set.of())));
        return label.name().map(name -> store.name(made, name)).orElse(made);
    }

    private static void tidy(OwnFolder own) {
        try {
            dev.paddock.home.Folders.delete(own.file("data"));
        } catch (IOException failure) {
            throw new PaddockException("can't remove " + own.file("data") + ": " + failure.getMessage(), null, failure);
        }
        delete(own, "data.tar");
    }

    private static void delete(OwnFolder own, String name) {
        try {
            Files.deleteIfExists(own.file(name));
        } catch (IOException failure) {
            throw new PaddockException("can't remove " + own.file(name) + ": " + failure.getMessage(), null, failure);
        }
    }

    private static WireConnection control(Place server) {
        return WireConnection.open(server.socket(), "postgres", "postgres", PATIENCE);
    }

    private static Draft draft(
            java.nio.file.Path data,
            Place server,
            Snapshot parent,
            Label label,
            Optional<Draft.Duplication> duplication,
            Set<String> without) {
        return new Draft(
                data,
                Optional.empty(),
                OptionalInt.empty(),
                label.kind(),
                server.version(),
                parent.manifest().origin(),
                parent.manifest().platform(),
                parent.manifest().format(),
                label.user(),
                label.database(),
                Optional.of(parent.id()),
                duplication,
                without);
    }
}
