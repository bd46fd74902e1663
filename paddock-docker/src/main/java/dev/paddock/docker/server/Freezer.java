package dev.paddock.docker.server;

import dev.paddock.closing.Closer;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.PackedData;
import dev.paddock.docker.container.Script;
import dev.paddock.docker.container.SentData;
import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.postgres.DatabaseCopies;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Makes snapshots of running servers. Their processes stand still while their data is packed, which leaves it as a power cut would; a server on a
 * clone of that recovers, is shut down in order, and is what the snapshot is made of.
 */
public final class Freezer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TO_WRITE_OUT = Duration.ofMinutes(10);

    private final SnapshotStore store;
    private final Account account;
    private final Containers containers;
    private final Recovery recovery;

    public Freezer(SnapshotStore store, Account account, Containers containers, Recovery recovery) {
        this.store = store;
        this.account = account;
        this.containers = containers;
        this.recovery = recovery;
    }

    public Snapshot freeze(Place server, Label label) {
        try (SnapshotStore.Reservation name = store.reserve(label.name())) {
            return frozen(server, label);
        }
    }

    private Snapshot frozen(Place server, Label label) {
        Set<String> others;
        try (WireConnection control = control(server)) {
            others = DatabaseCopies.foldersExcept(label.database(), control);
            // What was committed may still be in shared memory alone, which a copy of the files doesn't have.
            control.execute("CHECKPOINT", TO_WRITE_OUT);
        }
        pack(server, others);
        ServerStart.Started recovered;
        try {
            recovered = recovery.start(server.image(), PackedData.sent(server.own()), server.origin());
        } finally {
            PackedData.tidy(server.own());
        }
        return concluded(recovered, server.origin(), label);
    }

    /** Somebody may have killed the script between its first signal and its last. */
    private void pack(Place server, Set<String> without) {
        try {
            containers.runInside(
                    server.container(),
                    Script.STAND_STILL.command(server.data(), without),
                    "to take the data of a running server");
        } catch (RuntimeException failure) {
            throw Closer.after(
                    failure,
                    () -> containers.runInside(
                            server.container(), Script.GO_ON.command(), "to let the server go on that stands still"));
        }
    }

    /** Of data that a server left on disk. */
    public Snapshot freeze(DiskFolder folder, PaddockHome home, String image, Label label) {
        try (SnapshotStore.Reservation name = store.reserve(label.name());
                FileLockScope held = folder.hold(home)) {
            Snapshot origin = folder.origin();
            return concluded(recovery.start(image, SentData.folder(folder.data()), origin), origin, label);
        }
    }

    private Snapshot concluded(ServerStart.Started started, Snapshot parent, Label label) {
        try {
            try (WireConnection control = control(started.place())) {
                DatabaseCopies.forgetExcept(label.database(), control);
                // The snapshot holds one segment then, with next to nothing in it.
                control.execute("SELECT pg_switch_wal()");
            }
            return keep(started.place(), parent, label, Optional.empty());
        } finally {
            started.end();
        }
    }

    /** Of a server that its owner gives up for it; the container ends with it. */
    Snapshot conclude(Place server, Label label) {
        try (SnapshotStore.Reservation name = store.reserve(label.name())) {
            return shutDown(server, label);
        }
    }

    private Snapshot shutDown(Place server, Label label) {
        try (WireConnection control = control(server)) {
            control.execute("SELECT pg_switch_wal()");
        }
        return keep(server, server.origin(), label, Optional.empty());
    }

    /** Of the same data with copies of its database beside it. */
    public Snapshot multiply(Snapshot template, String image, int copies) {
        Manifest facts = template.manifest();
        ServerStart.Started started = recovery.start(image, SentData.folder(template.data()), template);
        try {
            Draft.Duplication duplication;
            try (WireConnection control = control(started.place())) {
                duplication = new DatabaseCopies(facts.database(), copies).register(control);
                control.execute("SELECT pg_switch_wal()");
            }
            Label label = new Label(Kind.TEMPLATE, Optional.empty(), facts.user(), facts.database());
            return keep(started.place(), template, label, Optional.of(duplication));
        } finally {
            started.end();
        }
    }

    private Snapshot keep(Place server, Snapshot parent, Label label, Optional<Draft.Duplication> duplication) {
        containers.packDown(server.container(), server.data());
        // Of a damaged one nothing is taken over.
        Optional<Snapshot> before = store.findSound(parent.id());
        Snapshot made = PackedData.in(
                server.own(),
                store,
                before.map(Snapshot::data),
                data -> store.add(draft(
                        data, before.map(each -> new Draft.Base(each, data)), server, parent, label, duplication)));
        return label.name().map(name -> store.name(made, name)).orElse(made);
    }

    private static WireConnection control(Place server) {
        return WireConnection.open(
                server.socket(), Login.ofOwner(server.superuser(), "postgres", server.version()), PATIENCE);
    }

    private Draft draft(
            Path data,
            Optional<Draft.Base> base,
            Place server,
            Snapshot parent,
            Label label,
            Optional<Draft.Duplication> duplication) {
        return new Draft(
                data,
                base,
                account.foreignOwner(),
                label.kind(),
                server.version(),
                parent.manifest().origin(),
                parent.manifest().platform(),
                parent.manifest().format(),
                label.user(),
                label.database(),
                Optional.of(parent.id()),
                duplication,
                Set.of());
    }
}
