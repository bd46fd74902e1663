package dev.paddock.embedded;

import dev.paddock.embedded.supervision.Processes;
import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.postgres.CatalogCache;
import dev.paddock.postgres.DatabaseCopies;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.snapshot.StagedSnapshot;
import dev.paddock.time.Deadline;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots of running servers. All processes of the server are stopped for the moment of copying, which leaves its files
 * as a power cut would; a server on a clone of that copy recovers, is shut down cleanly, and is what the snapshot is made of.
 */
final class Freezer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TO_WRITE_OUT = Duration.ofMinutes(10);
    /** Of what is ending, files can be gone before the processes are. */
    private static final Duration TO_END = Duration.ofMillis(500);

    private final SnapshotStore store;
    private final Account account;
    private final Function<Snapshot, Recovery> recover;

    /** @param recover starts a server on a clone of a snapshot that was not shut down */
    Freezer(SnapshotStore store, Account account, Function<Snapshot, Recovery> recover) {
        this.store = store;
        this.account = account;
        this.recover = recover;
    }

    /** A server that recovers what was copied. */
    interface Recovery extends AutoCloseable {
        Whereabouts whereabouts();

        /** Shuts it down in order; its data stays until {@link #close}. */
        void shutDown();

        @Override
        void close();
    }

    Snapshot freeze(Whereabouts server, Label label) {
        try (SnapshotStore.Reservation name = store.reserve(label.name())) {
            return frozen(server, label);
        }
    }

    private Snapshot frozen(Whereabouts server, Label label) {
        try (StagedSnapshot image = image(server, label)) {
            return recovered(image.snapshot(), server.origin(), label);
        }
    }

    /** As it is now. With a server go the files that are copied, so whatever then fails is no fault of theirs, or of where the copy is made. */
    private StagedSnapshot image(Whereabouts server, Label label) {
        try {
            return taken(server, label);
        } catch (PaddockException failure) {
            if (Deadline.in(TO_END).await(() -> !server.isAlive())) {
                throw new PaddockException(
                        "the server ended while a snapshot of it was being made, so there is none", failure);
            }
            throw failure;
        }
    }

    private StagedSnapshot taken(Whereabouts server, Label label) {
        requireGoing(server);
        Set<String> others;
        try (WireConnection control = control(server)) {
            others = DatabaseCopies.foldersExcept(label.database(), control);
            // What was committed may still be in shared memory alone, which a copy of the files doesn't have.
            control.execute("CHECKPOINT", TO_WRITE_OUT);
        } catch (PaddockException unanswered) {
            // Perhaps it was stopped just after it was looked at.
            throw stillStanding(server)
                    .map(process -> stopped(process, unanswered))
                    .orElse(unanswered);
        }
        try (StandStill moment = StandStill.of(server)) {
            return store.stage(draft(server, server.origin(), server.origin(), label, Optional.empty(), others));
        }
    }

    /** Of data that a server left on disk. */
    Snapshot freeze(DiskFolder folder, PaddockHome home, Label label) {
        try (SnapshotStore.Reservation name = store.reserve(label.name());
                FileLockScope held = folder.hold(home)) {
            return recovered(folder.origin(), folder.origin(), label);
        }
    }

    private Snapshot recovered(Snapshot image, Snapshot parent, Label label) {
        try (Recovery recovery = recover.apply(image)) {
            try (WireConnection control = control(recovery.whereabouts())) {
                DatabaseCopies.forgetExcept(label.database(), control);
                // The snapshot holds one segment then, with next to nothing in it.
                control.execute("SELECT pg_switch_wal()");
            }
            recovery.shutDown();
            return keep(draft(recovery.whereabouts(), image, parent, label), label);
        }
    }

    /** Of a server that its owner gives up for it. */
    Snapshot conclude(Whereabouts server, Runnable shutDown, Label label) {
        try (SnapshotStore.Reservation name = store.reserve(label.name())) {
            return concluded(server, shutDown, label);
        }
    }

    private Snapshot concluded(Whereabouts server, Runnable shutDown, Label label) {
        try (WireConnection control = control(server)) {
            control.execute("SELECT pg_switch_wal()");
        }
        shutDown.run();
        return keep(draft(server, server.origin(), server.origin(), label), label);
    }

    /** Of the same data with copies of its database beside it. */
    Snapshot multiply(Snapshot template, int copies) {
        Manifest facts = template.manifest();
        try (Recovery recovery = recover.apply(template)) {
            Draft.Duplication duplication;
            try (WireConnection control = control(recovery.whereabouts())) {
                duplication = new DatabaseCopies(facts.database(), copies).register(control);
                control.execute("SELECT pg_switch_wal()");
            }
            recovery.shutDown();
            Label label = new Label(Kind.TEMPLATE, Optional.empty(), facts.user(), facts.database());
            return store.add(
                    draft(recovery.whereabouts(), template, template, label, Optional.of(duplication), Set.of()));
        }
    }

    /** Has a session begin on a clone, and keeps beside the snapshot what it made for those after it. */
    void warm(Snapshot empty) {
        try (Recovery server = recover.apply(empty)) {
            control(server.whereabouts()).close();
            CatalogCache.of(empty).keep(server.whereabouts().data());
        } catch (PaddockException failure) {
            // Whoever wanted a server gets to know it by that.
        }
    }

    private Snapshot keep(Draft draft, Label label) {
        Snapshot made = store.add(draft);
        return label.name().map(name -> store.name(made, name)).orElse(made);
    }

    private static WireConnection control(Whereabouts server) {
        return server.connect(Login.ofOwner("postgres", "postgres", server.version()), PATIENCE);
    }

    private Draft draft(Whereabouts server, Snapshot base, Snapshot parent, Label label) {
        return draft(server, base, parent, label, Optional.empty(), Set.of());
    }

    private Draft draft(
            Whereabouts server,
            Snapshot base,
            Snapshot parent,
            Label label,
            Optional<Draft.Duplication> duplication,
            Set<String> without) {
        Manifest facts = parent.manifest();
        return new Draft(
                server.data(),
                server.changes().map(changes -> new Draft.Base(base, changes)),
                account.foreignOwner(),
                label.kind(),
                server.version(),
                facts.origin(),
                facts.platform(),
                facts.format(),
                label.user(),
                label.database(),
                Optional.of(parent.id()),
                duplication,
                without);
    }

    /** Whoever else makes a snapshot of it is waited for. A server that stands still would be asked in vain. */
    private static void requireGoing(Whereabouts server) {
        if (!Deadline.in(PATIENCE).await(() -> stillStanding(server).isEmpty())) {
            throw stopped(stillStanding(server).orElse(0L), null);
        }
    }

    private static PaddockException stopped(long process, @Nullable PaddockException unanswered) {
        return new PaddockException(
                "the process " + process + " of the server has been stopped for " + PATIENCE.toSeconds() + " s",
                "let it go on with: kill -CONT " + process,
                unanswered);
    }

    private static Optional<Long> stillStanding(Whereabouts server) {
        long postmaster = server.postmaster().pid();
        return Stream.concat(
                        Stream.of(postmaster),
                        Processes.childrenOf(postmaster).stream().map(ProcessHandle::pid))
                .filter(ProcessStamp::isStopped)
                .findFirst();
    }
}
