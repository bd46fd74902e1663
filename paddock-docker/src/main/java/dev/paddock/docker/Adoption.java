package dev.paddock.docker;

import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataFormat;
import dev.paddock.model.ExistingData;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Draft;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Manifest;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes snapshots of data that was there before Paddock. It is copied, and a server on the copy recovers what was not shut down; the original is
 * only read.
 */
final class Adoption {
    /** The id of what is described before a server has been started on it. */
    static final String UNKNOWN = "adopted";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SnapshotStore store;
    private final PaddockHome home;
    private final Account account;
    private final Containers containers;
    private final ExistingCopy copies;
    private final Clone clone;

    Adoption(
            SnapshotStore store, PaddockHome home, Account account, Containers containers, Images images, Clone clone) {
        this.store = store;
        this.home = home;
        this.account = account;
        this.containers = containers;
        this.copies = new ExistingCopy(containers, images);
        this.clone = clone;
    }

    /** Starts a server on a copy of data that knows nothing of Paddock. */
    interface Clone {
        ServerStart.Started start(ImageFacts image, SentData data, Snapshot origin);
    }

    /** @throws PaddockException if it can't be copied, or no server can be started on the copy */
    Snapshot adopt(ExistingData source, ServerSpec spec, String name) {
        store.requireFree(name);
        OwnFolder own = OwnFolder.create(home);
        try {
            ExistingCopy.Copied copied = copies.take(source, spec, own.file("data"));
            ForeignFiles.tame(own.file("data"));
            Snapshot origin = described(copied.image(), copied.found(), spec, own.path());
            ServerStart.Started started = clone.start(copied.image(), SentData.folder(own.file("data")), origin);
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
        try (WireConnection control = WireConnection.open(server.socket(), "postgres", "postgres", PATIENCE)) {
            user = spec.user().orElseGet(() -> cell(control, "SELECT rolname FROM pg_roles WHERE oid = 10"));
            database = spec.database().orElseGet(() -> database(control));
            format = format(control, copied.found());
            control.execute("SELECT pg_switch_wal()");
        }
        containers.packDown(server);
        return PackedData.in(
                server.own(),
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
        String collation = cell(control, "SELECT datcollate FROM pg_database WHERE datname = 'template1'");
        String encoding =
                cell(control, "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'template1'");
        boolean checksums = cell(control, "SHOW data_checksums").equals("on");
        return new DataFormat(collation, encoding, checksums, found.walSegment());
    }

    private static String cell(WireConnection control, String sql) {
        return control.query(sql).get(0).get(0).orElse("");
    }

    /** Whatever runs data of a major version. */
    static PostgresSource release(int major) {
        return new PostgresSource.Release(major, OptionalInt.empty());
    }

    /**
     * What is known of data before a server has been started on it, as if it were a snapshot.
     *
     * @param folder for the description
     */
    static Snapshot described(ImageFacts image, FoundData data, ServerSpec spec, Path folder) {
        Manifest manifest = new Manifest(
                UNKNOWN,
                Kind.CAPTURED,
                image.version(),
                Origin.of(image),
                Optional.of(image.platform()),
                DataFormat.DEFAULT.withWalSegment(data.walSegment()),
                spec.user().orElse("postgres"),
                spec.database().orElse("postgres"),
                Optional.empty(),
                0,
                Instant.now(),
                0,
                0,
                0);
        Snapshot described = new Snapshot(Optional.empty(), manifest, folder);
        try {
            described.describe(folder);
            return described;
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + folder + ": " + failure.getMessage(), null, failure);
        }
    }
}
