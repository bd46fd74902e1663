package dev.paddock.embedded;

import dev.paddock.closing.Closer;
import dev.paddock.embedded.installation.CachedTrees;
import dev.paddock.embedded.installation.Extended;
import dev.paddock.embedded.installation.Extensions;
import dev.paddock.embedded.installation.Installation;
import dev.paddock.embedded.installation.InstallationPlatform;
import dev.paddock.embedded.installation.Installations;
import dev.paddock.embedded.storage.CloneMethod;
import dev.paddock.embedded.storage.Session;
import dev.paddock.embedded.supervision.Space;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.engine.Diagnosis;
import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineServer;
import dev.paddock.home.Account;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.ByteSize;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.Hint;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerEnd;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Term;
import dev.paddock.model.Tuning;
import dev.paddock.postgres.CatalogCache;
import dev.paddock.postgres.DatabaseCopies;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.postgres.ForeignData;
import dev.paddock.postgres.ServerSettings;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/** Runs servers as processes of this machine, under one supervisor that is started with the first of them. */
final class EmbeddedEngine implements Engine {
    static final String NAME = "embedded";

    private static final PostgresSource DEFAULT =
            new PostgresSource.Release(PostgresSource.NEWEST, OptionalInt.empty());
    /** A limit, nothing that is set aside: what recovery changes, and what a server on disk keeps beside its data. */
    private static final ByteSize RECOVERY_MEMORY = ByteSize.ofMegabytes(64 * 1024);

    private static final ByteSize ON_DISK_MEMORY = ByteSize.ofMegabytes(16);

    private final PaddockHome home;
    private final Account account;
    private final Installations installations;
    private final CachedTrees trees;
    private final Extensions extensions;
    private final SnapshotStore snapshots;
    private final EmptySnapshots emptySnapshots;
    private final SharedSession session;
    private final Progress progress;
    private final Freezer freezer;
    private final StandingSupervisors standing;

    private EmbeddedEngine(PaddockHome home, Account account, Progress progress) {
        this.home = home;
        this.account = account;
        this.progress = progress;
        this.trees = new CachedTrees(home);
        this.installations = Installations.in(home, trees);
        this.extensions = Extensions.in(home, trees);
        this.standing = new StandingSupervisors(home);
        this.snapshots = new SnapshotStore(home, folder -> MountedSnapshots.contain(folder) || standing.need(folder));
        this.session = new SharedSession(() -> Session.open(home, account));
        this.freezer = new Freezer(snapshots, account, this::recover);
        this.emptySnapshots = new EmptySnapshots(home, snapshots, account, progress, freezer::warm);
    }

    static EmbeddedEngine open(PaddockHome home, Progress progress) {
        // What lies there is run, so nobody else may have put it there.
        home.requireSafe();
        return new EmbeddedEngine(home, Account.forPostgres(), progress);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() {
        session.prepare();
    }

    @Override
    public EngineServer start(ServerSpec spec) {
        session.prepare();
        return start(spec, session, false);
    }

    @Override
    public EngineServer startApart(ServerSpec spec) {
        SharedSession own = new SharedSession(() -> Session.open(home, account));
        own.prepare();
        try {
            return start(spec, own, true);
        } catch (RuntimeException failure) {
            throw Closer.after(failure, own::close);
        }
    }

    private EngineServer start(ServerSpec spec, SharedSession on, boolean apart) {
        requireNoContainer(spec);
        try {
            return start(spec, on, apart, new Foundation(trees, snapshots));
        } catch (Foundation.DamagedException removed) {
            LoggerFactory.getLogger(EmbeddedEngine.class)
                    .warn("{}; it is made again", String.valueOf(removed.getMessage()));
            return start(spec, on, apart, new Foundation(trees, snapshots));
        }
    }

    private EngineServer start(ServerSpec spec, SharedSession on, boolean apart, Foundation foundation) {
        Optional<DiskFolder> disk = spec.storage() instanceof Storage.OnDisk folder
                ? Optional.of(new DiskFolder(folder.folder()))
                : Optional.empty();
        // What is in it chooses an installation, and so what is run.
        disk.map(DiskFolder::path).ifPresent(OwnFolders::requireForData);
        boolean continued = disk.isPresent() && disk.get().hasData();
        Installation plain;
        Snapshot snapshot;
        if (continued) {
            snapshot = disk.get().origin();
            plain = installations.find(spec.postgres().orElseGet(() -> writer(snapshot)), progress);
            requireSameMajor(plain, snapshot);
            foundation.add(plain);
        } else {
            plain = installation(spec);
            foundation.add(plain);
            snapshot = origin(spec, plain, on, foundation);
            foundation.add(snapshot);
        }
        requireSeparateStorage(on, snapshot, disk);
        Extended extended = extensions.apply(plain, spec.extensions());
        extended.tree().ifPresent(foundation::add);
        if (disk.isPresent()) {
            // No damaged program is to touch the user's data, and no damaged snapshot to become it.
            foundation.requireSound();
        }
        Session session = on.get();
        ServerSettings settings = settings(session, plain, spec.tuning(), snapshot)
                .and(new Reach(home, account).settings(extended.settings(), session))
                .and(spec.files())
                .and(spec.settings());
        disk.ifPresent(folder -> settings.onDisk());
        disk.ifPresent(folder -> requireReach(session, folder));
        disk.ifPresent(folder ->
                folder.take(home, account, snapshot, session.supervisor().stamp(), continued));
        try {
            ServerStart.Started started = new ServerStart(
                            session,
                            snapshot,
                            plain.version(),
                            new Reach(home, account).bin(extended.installation(), session),
                            settings,
                            spec.port(),
                            spec.storage() instanceof Storage.InMemory memory
                                    ? memory.limit().bytes()
                                            + snapshot.manifest().bytes()
                                    : ON_DISK_MEMORY.bytes(),
                            disk.map(folder -> new ServerData(home, account).ofFolder(folder.data()))
                                    .orElseGet(() -> new ServerData(home, account).ofSnapshot(snapshot.data())),
                            disk,
                            spec.ttl(),
                            spec.startTimeout())
                    .run();
            // While it is still being looked whether all is sound.
            if (spec.snapshot().isEmpty() && !continued) {
                CatalogCache.of(snapshot).lend(started.whereabouts().data());
            }
            try {
                foundation.requireSound();
            } catch (RuntimeException damaged) {
                session.supervisor().stop(started.job(), "KILL", Duration.ofSeconds(30));
                session.supervisor().forget(started.job());
                throw damaged;
            }
            return new EmbeddedServer(
                    started.whereabouts(), session, started.job(), continued, apart, freezer, standing);
        } catch (RuntimeException failure) {
            RuntimeException reason = disk.isPresent()
                    ? Closer.after(
                            failure,
                            continued
                                    ? () -> disk.get()
                                            .release(session.supervisor().stamp())
                                    : disk.get()::discard)
                    : failure;
            // Damage explains whatever went wrong.
            foundation.requireSound();
            throw reason;
        }
    }

    private static void requireNoContainer(ServerSpec spec) {
        if (spec.storage() instanceof Storage.InVolume || spec.storage() instanceof Storage.OfContainer) {
            throw new InvalidSpecException(
                    "the embedded engine runs no containers, so it has no volumes and nothing of a container's",
                    Hint.naming(
                            "name a folder with {}, or choose the engine that has them with {}",
                            Term.DISK,
                            Term.DOCKER));
        }
        if (!spec.container().isDefault()) {
            throw new InvalidSpecException(
                    "the embedded engine runs no containers, so it has no image, mount or limit of one",
                    Hint.naming("choose the one that does with {}", Term.DOCKER));
        }
    }

    private static ServerSettings settings(
            Session session, Installation installation, Tuning tuning, Snapshot snapshot) {
        ServerSettings settings = new ServerSettings(
                installation.version(), tuning, snapshot.manifest().format().walSegment());
        return session.supervisor().space() == Space.SHARED ? settings.inSharedSpace() : settings;
    }

    /** A private space shows any folder to PostgreSQL's account; without one it has to be able to walk there. */
    private void requireReach(Session on, DiskFolder disk) {
        if (on.supervisor().space() == Space.SHARED
                && !account.canReach(disk.path().resolve("..").normalize())) {
            throw new PaddockException(
                    "PostgreSQL runs as " + account.name() + " here, who can't reach " + disk.path(),
                    "name a folder that everybody may pass to, such as one below /srv");
        }
    }

    /** Copies of a database that share their files would go on sharing them in a clone that keeps its links. */
    private static void requireSeparateStorage(SharedSession on, Snapshot snapshot, Optional<DiskFolder> disk) {
        if (snapshot.manifest().copies() > 0 && (disk.isPresent() || on.get().method() != CloneMethod.OVERLAY)) {
            throw new PaddockException(
                    "the snapshot " + snapshot.label()
                            + " holds many copies of a database in the same files, which only overlay storage keeps apart",
                    "start from the snapshot that it was made of: "
                            + snapshot.manifest().parent().orElse(""));
        }
    }

    /**
     * What wrote the data, where that is known here. What an image wrote, or an installation of another machine, any PostgreSQL of that major reads.
     */
    private PostgresSource writer(Snapshot snapshot) {
        return installations
                .known(snapshot.manifest().origin())
                .orElseGet(() ->
                        new PostgresSource.Release(snapshot.manifest().version().major(), OptionalInt.empty()));
    }

    private static void requireSameMajor(Installation installation, Snapshot snapshot) {
        if (installation.version().major() != snapshot.manifest().version().major()) {
            throw new PaddockException(
                    "the data of " + snapshot.label() + " is PostgreSQL "
                            + snapshot.manifest().version() + "'s; PostgreSQL " + installation.version()
                            + " can't read it",
                    Hint.naming(
                            "leave out {}, so that the right one is chosen; to move data to another major version, restore a dump of it",
                            Term.POSTGRES));
        }
    }

    private Freezer.Recovery recover(Snapshot image) {
        Installation installation = installations.find(writer(image), progress);
        Foundation foundation = new Foundation(trees, snapshots);
        foundation.add(installation);
        foundation.requireSound();
        Session on = session.get();
        ServerStart.Started started = new ServerStart(
                        on,
                        image,
                        installation.version(),
                        new Reach(home, account).bin(installation, on),
                        settings(on, installation, Tuning.THROWAWAY, image),
                        OptionalInt.empty(),
                        RECOVERY_MEMORY.bytes(),
                        new ServerData(home, account).ofSnapshot(image.data()),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(10))
                .run();
        return new Freezer.Recovery() {
            @Override
            public Whereabouts whereabouts() {
                return started.whereabouts();
            }

            @Override
            public void shutDown() {
                on.supervisor().stop(started.job(), "INT", Duration.ofMinutes(10));
            }

            @Override
            public void close() {
                on.supervisor().stop(started.job(), "QUIT", Duration.ofMinutes(1));
                on.supervisor().forget(started.job());
            }
        };
    }

    @Override
    public EngineServer attach(Map<String, String> handle) {
        if (!isRunning(handle)) {
            throw new PaddockException("the server has ended");
        }
        return new StandingServer(Whereabouts.ofHandle(handle), freezer);
    }

    @Override
    public boolean isRunning(Map<String, String> handle) {
        standing.requireInSight(Whereabouts.supervisor(handle));
        return Whereabouts.isAlive(handle);
    }

    @Override
    public ServerEnd end(Map<String, String> handle, Path note, Instant started) {
        return EndNote.read(Whereabouts.supervisor(handle), note, started);
    }

    @Override
    public void bury(Map<String, String> handle) {
        ProcessStamp supervisor = Whereabouts.supervisor(handle);
        // A record is no proof of what a process is.
        if (Supervisor.is(supervisor)) {
            ProcessHandle.of(supervisor.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        standing.forget(supervisor);
        Optional.ofNullable(handle.get("disk"))
                .ifPresent(folder -> new DiskFolder(Path.of(folder)).release(supervisor));
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public Snapshot freeze(Path folder, Label label) {
        return freezer.freeze(new DiskFolder(folder), home, label);
    }

    @Override
    public Snapshot origin(ServerSpec spec) {
        Installation installation = installation(spec);
        Foundation foundation = new Foundation(trees, snapshots);
        foundation.add(installation);
        return origin(spec, installation, session, foundation);
    }

    private Installation installation(ServerSpec spec) {
        return installations.find(
                spec.postgres()
                        .orElseGet(() -> spec.snapshot().isPresent()
                                ? writer(snapshots.get(spec.snapshot().get()))
                                : DEFAULT),
                progress);
    }

    /** What has to run programs of the installation waits until it is known that they are sound. */
    private Snapshot origin(ServerSpec spec, Installation installation, SharedSession on, Foundation foundation) {
        DataPlatform platform = InstallationPlatform.known(installation, home).orElseGet(() -> {
            foundation.requireSound();
            return InstallationPlatform.ask(installation, home);
        });
        if (spec.snapshot().isEmpty()) {
            return emptySnapshots.of(installation, platform, spec.format(), () -> {
                foundation.requireSound();
                return on.get();
            });
        }
        Snapshot named = snapshots.get(spec.snapshot().get());
        requireSameMajor(installation, named);
        return new ForeignData(snapshots).fit(named, platform, fitting -> start(bare(fitting, spec), on, false));
    }

    /** A server that only its owner uses, for a moment. */
    private static ServerSpec bare(Snapshot snapshot, ServerSpec like) {
        ServerSpec bare = ServerSpec.snapshot(snapshot.id()).withStorage(new Storage.InMemory(RECOVERY_MEMORY));
        return like.postgres().map(bare::withPostgres).orElse(bare);
    }

    @Override
    public Optional<Snapshot> multiplied(Snapshot template, ServerSpec servers) {
        if (session.get().method() != CloneMethod.OVERLAY) {
            return Optional.empty();
        }
        int copies = DatabaseCopies.worthwhile(template.manifest().files());
        return Optional.of(snapshots.soundByKey(
                "copies 1\n" + copies + "\n" + template.id(), () -> freezer.multiply(template, copies)));
    }

    @Override
    public List<String> repair() {
        List<String> done = new ArrayList<>();
        trees.damaged().forEach((tree, reason) -> {
            trees.remove(tree);
            done.add("removed " + tree + ": " + reason);
        });
        done.addAll(Engine.super.repair());
        return done;
    }

    @Override
    public Diagnosis diagnose() {
        return new Checkup(home, account, installations, trees, this::start).run();
    }

    @Override
    public void close() {
        session.close();
        trees.settle();
        snapshots.settle();
    }
}
