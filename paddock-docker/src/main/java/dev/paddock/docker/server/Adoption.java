package dev.paddock.docker.server;

import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.container.PackedData;
import dev.paddock.docker.container.SentData;
import dev.paddock.docker.data.ExistingCopy;
import dev.paddock.docker.data.ForeignFiles;
import dev.paddock.docker.data.FoundData;
import dev.paddock.docker.image.Origin;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataFormat;
import dev.paddock.model.ExistingData;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes snapshots of data that was there before Paddock. It is copied, and a server on the copy recovers what was not shut down; the original is
 * only read.
 */
public final class Adoption {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SnapshotStore store;
    private final PaddockHome home;
    private final Account account;
    private final Containers containers;
    private final ExistingCopy copies;
    private final Recovery recovery;

    public Adoption(SnapshotStore store, PaddockHome home, Account account, Containers containers, Recovery recovery) {
        this.store = store;
        this.home = home;
        this.account = account;
        this.containers = containers;
        this.copies = new ExistingCopy(containers, recovery.images());
        this.recovery = recovery;
    }

    /** @throws PaddockException if it can't be copied, or no server can be started on the copy */
    public Snapshot adopt(ExistingData source, ServerSpec spec, String name) {
        try (SnapshotStore.Reservation reserved = store.reserve(Optional.of(name))) {
            return adoptAs(name, source, spec);
        }
    }

    private Snapshot adoptAs(String name, ExistingData source, ServerSpec spec) {
        OwnFolder own = OwnFolder.create(home);
        try {
            ExistingCopy.Copied copied = copies.take(source, spec, own.file("data"));
            ForeignFiles.tame(own.file("data"));
            Snapshot origin = copied.found().asSnapshot(copied.image(), spec, own.path());
            ServerStart.Started started = recovery.start(copied.image(), SentData.folder(own.file("data")), origin);
            try {
                return store.name(keep(started.place(), spec, copied), name);
            } finally {
                started.end();
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't copy " + source + ": " + failure.getMessage(),
                    "look at the free space; PADDOCK_HOME names another place",
                    failure);
        } finally {
            own.delete();
        }
    }

    private Snapshot keep(Place server, ServerSpec spec, ExistingCopy.Copied copied) throws IOException {
        String user;
        String database;
        DataFormat format;
        try (WireConnection control = WireConnection.open(
                server.socket(), Login.ofOwner("postgres", "postgres", server.version()), PATIENCE)) {
            user = spec.user().orElseGet(() -> control.cell("SELECT rolname FROM pg_roles WHERE oid = 10"));
            database = spec.database().orElseGet(() -> database(control));
            format = format(control, copied.found());
            control.execute("SELECT pg_switch_wal()");
        }
        containers.packDown(server.container(), server.data());
        return PackedData.in(
                server.own(),
                store,
                data -> store.add(new Draft(
                        data,
                        Optional.empty(),
                        account.foreignOwner(),
                        Kind.CAPTURED,
                        copied.image().version(),
                        Origin.of(copied.image()),
                        Optional.of(copied.image().platform()),
                        format,
                        user,
                        database,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of())));
    }

    /** The largest that isn't one of those that every server has; if there is none, the one for being asked. */
    private static String database(WireConnection control) {
        List<List<Optional<String>>> rows = control.query("SELECT datname FROM pg_database WHERE NOT datistemplate AND"
                + " datname <> 'postgres' ORDER BY pg_database_size(oid) DESC LIMIT 1");
        return rows.isEmpty() ? "postgres" : rows.get(0).get(0).orElse("postgres");
    }

    private static DataFormat format(WireConnection control, FoundData found) {
        String collation = control.cell("SELECT datcollate FROM pg_database WHERE datname = 'template1'");
        String encoding =
                control.cell("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'template1'");
        boolean checksums = control.cell("SHOW data_checksums").equals("on");
        return new DataFormat(collation, encoding, checksums, found.walSegment());
    }
}
