package dev.paddock.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import dev.paddock.closing.Closer;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.connection.SilentEngineException;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Handle;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.data.CloneMethod;
import dev.paddock.docker.data.Placement;
import dev.paddock.docker.data.Residence;
import dev.paddock.docker.data.VolumeData;
import dev.paddock.docker.image.ImageChoice;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Images;
import dev.paddock.docker.image.Probe;
import dev.paddock.docker.image.SnapshotArchives;
import dev.paddock.docker.image.SnapshotImages;
import dev.paddock.docker.server.Adoption;
import dev.paddock.docker.server.ContainerRules;
import dev.paddock.docker.server.DirectWay;
import dev.paddock.docker.server.EmptySnapshots;
import dev.paddock.docker.server.Freezer;
import dev.paddock.docker.server.OwnedServer;
import dev.paddock.docker.server.Place;
import dev.paddock.docker.server.Recovery;
import dev.paddock.docker.server.ServerContainer;
import dev.paddock.docker.server.ServerStart;
import dev.paddock.docker.server.StandingServer;
import dev.paddock.docker.service.Stacks;
import dev.paddock.engine.Diagnosis;
import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineServer;
import dev.paddock.engine.EngineService;
import dev.paddock.engine.EngineStack;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.ExistingData;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.RestartPolicy;
import dev.paddock.model.ServerEnd;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Term;
import dev.paddock.model.Tuning;
import dev.paddock.postgres.DatabaseCopies;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.postgres.ForeignData;
import dev.paddock.postgres.ServerSettings;
import dev.paddock.snapshot.DamagedSnapshot;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.time.Deadline;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs servers in containers of a Docker Engine on this machine, one container for each. */
final class DockerEngine implements Engine {
    static final String NAME = "docker";

    /** An image is packed and unpacked three times before it is one, link by link, and a container takes its place soon enough. */
    private static final int MOST_COPIES = 12;

    private static final Duration TO_START = Duration.ofSeconds(30);
    private static final Duration TO_SWEEP = Duration.ofMillis(500);
    private static final Duration TO_SWEEP_ALL = Duration.ofSeconds(30);

    private final PaddockHome home;
    private final Progress progress;
    private final Account account;
    private final SnapshotStore snapshots;
    private final Set<OwnedServer> servers = ConcurrentHashMap.newKeySet();
    /** One party of the engine's own, and one for each start. */
    private final DirectWay direct = new DirectWay();

    private final Phaser starts = new Phaser(1);

    /** What stood still a moment ago isn't waited for again by each who asks. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private @Nullable Parts parts;
    private @Nullable SilentEngineException silent;
    private Deadline silence = Deadline.in(Duration.ZERO);
    private boolean closed;

    private DockerEngine(PaddockHome home, Account account, Progress progress) {
        this.home = home;
        this.account = account;
        this.progress = progress;
        // Containers are clones of images and archives, which stay with them when the snapshot goes.
        this.snapshots = new SnapshotStore(home, folder -> false);
    }

    static DockerEngine open(PaddockHome home, Progress progress) {
        return new DockerEngine(home, Account.forPostgres(), progress);
    }

    /** What there is once the engine has answered. */
    private record Parts(
            DockerConnection connection,
            Containers containers,
            Images images,
            Recovery recovery,
            EmptySnapshots empty,
            SnapshotImages snapshotImages,
            Freezer freezer,
            VolumeData volumes,
            Stacks stacks,
            CompletableFuture<Void> swept) {}

    private synchronized Parts parts() {
        if (closed) {
            throw new PaddockException("this engine is closed");
        }
        if (parts == null) {
            DockerConnection connection = connect();
            DockerClient client = connection.client();
            Ours ours = Ours.in(home);
            Containers containers = new Containers(connection, ours);
            Images images = new Images(client, home, new Probe(containers), progress);
            Recovery recovery = new Recovery(containers, images, home);
            SnapshotImages snapshotImages = new SnapshotImages(client, home, snapshots, ours);
            Sweep sweep = new Sweep(containers, home);
            CompletableFuture<Void> swept = CompletableFuture.runAsync(sweep::run);
            // Nobody waits for that, and the next who opens an engine does what this one leaves.
            CompletableFuture<Void> unused = swept.thenRun(() -> {
                Set<String> kept = snapshots.list().stream().map(Snapshot::id).collect(Collectors.toSet());
                snapshots.damaged().forEach(damaged -> damaged.id().ifPresent(kept::add));
                snapshotImages.sweep(kept::contains);
                sweep.awaitNetworks();
            });
            parts = new Parts(
                    connection,
                    containers,
                    images,
                    recovery,
                    new EmptySnapshots(home, snapshots, account, containers, progress),
                    snapshotImages,
                    new Freezer(snapshots, account, containers, recovery),
                    new VolumeData(containers, home, images),
                    new Stacks(containers, ours, home, progress),
                    swept);
        }
        return parts;
    }

    private DockerConnection connect() {
        if (silent != null && !silence.isOver()) {
            throw silent.again();
        }
        try {
            return DockerConnection.open(System.getenv());
        } catch (SilentEngineException now) {
            silent = now;
            silence = Deadline.in(SILENCE);
            throw now;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() {
        // The first server connects; nothing else is worth a thread.
    }

    @Override
    public EngineServer start(ServerSpec spec) {
        return start(spec, false);
    }

    @Override
    public EngineServer startApart(ServerSpec spec) {
        return start(spec, true);
    }

    private EngineServer start(ServerSpec spec, boolean standing) {
        ContainerRules.check(spec, standing);
        starts.register();
        try {
            Parts with = parts();
            try (Residence residence = Residence.of(spec, with.containers(), with.volumes(), home)) {
                return start(spec, standing, residence);
            }
        } finally {
            starts.arriveAndDeregister();
        }
    }

    private EngineServer start(ServerSpec spec, boolean standing, Residence residence) {
        Parts with = parts();
        ImageFacts image =
                choice().of(spec, residence.origin().or(() -> spec.snapshot().map(snapshots::get)));
        ContainerRules.checkMounts(spec.container(), image);
        Snapshot snapshot = residence.origin().orElseGet(() -> origin(spec, image));
        requireSameMajor(image, snapshot);
        ImageFacts runs =
                ContainerRules.owner(spec.container()).map(image::ownedBy).orElse(image);
        Placement placement = residence.placement(spec, snapshot, account, new SnapshotArchives(home));
        ServerSettings settings = new ServerSettings(
                        image.version(),
                        // What was there before Paddock is nothing to be thrown away.
                        residence.isAdopted() ? Tuning.DURABLE : spec.tuning(),
                        snapshot.manifest().format().walSegment())
                .inContainer()
                .and(spec.files())
                .and(spec.settings());
        if (residence.isLasting() || !spec.container().restart().equals(RestartPolicy.NEVER)) {
            settings.onDisk();
        }
        UnaryOperator<String> imageName = placement instanceof Placement.Layer
                ? gone -> with.snapshotImages().of(snapshot, image, runs.owner(), gone)
                : gone -> image.id();
        residence.take(home, account, snapshot, runs);
        try {
            ServerStart.Started started = new ServerStart(
                            new ServerContainer(
                                    with.containers(), runs, placement, spec.container(), spec.ttl(), standing),
                            imageName,
                            home,
                            snapshot,
                            container -> residence.fill(container, snapshot, runs.owner()),
                            settings,
                            spec.port(),
                            spec.startTimeout(),
                            false)
                    .run();
            residence.occupied(started.container().id());
            // One that the engine may start again has another address then.
            Optional<InetSocketAddress> near =
                    spec.container().restart().equals(RestartPolicy.NEVER) ? direct.to(started) : Optional.empty();
            OwnedServer server = new OwnedServer(started, residence, with.containers(), with.freezer(), near);
            servers.removeIf(OwnedServer::isOver);
            servers.add(server);
            return server;
        } catch (RuntimeException failure) {
            throw Closer.after(failure, residence::discard);
        }
    }

    private static void requireSameMajor(ImageFacts image, Snapshot snapshot) {
        if (image.version().major() != snapshot.manifest().version().major()) {
            throw new PaddockException(
                    "the data of " + snapshot.label() + " is PostgreSQL "
                            + snapshot.manifest().version() + "'s; PostgreSQL " + image.version() + " can't read it",
                    Hint.naming(
                            "leave out {}, so that the right one is chosen; to move data to another major version, restore a dump of it",
                            Term.POSTGRES));
        }
    }

    private ImageChoice choice() {
        return new ImageChoice(parts().images());
    }

    @Override
    public Snapshot origin(ServerSpec spec) {
        return origin(spec, choice().of(spec, spec.snapshot().map(snapshots::get)));
    }

    private Snapshot origin(ServerSpec spec, ImageFacts image) {
        if (spec.snapshot().isEmpty()) {
            return parts().empty().of(image, spec.format(), spec.container().environment());
        }
        Snapshot named = snapshots.get(spec.snapshot().get());
        requireSameMajor(image, named);
        requireSound(named);
        return new ForeignData(snapshots)
                .fit(
                        named,
                        image.platform(),
                        fitting -> start(ServerSpec.snapshot(fitting.id())
                                .withContainer(ContainerSpec.DEFAULT.withImage(image.reference()))));
    }

    @Override
    public Snapshot adopt(ExistingData source, ServerSpec spec, String name) {
        Parts with = parts();
        return new Adoption(snapshots, home, account, with.containers(), with.recovery()).adopt(source, spec, name);
    }

    @Override
    public EngineStack openStack(boolean standing, Optional<Duration> ttl) {
        // Services of a stack that died may hold the ports that this one is to have.
        awaitSweep(parts().swept(), TO_SWEEP_ALL);
        return parts().stacks().open(standing, ttl);
    }

    @Override
    public List<EngineService> services(String stack) {
        return parts().stacks().services(stack);
    }

    @Override
    public void endStack(String id) {
        parts().stacks().end(id);
    }

    @Override
    public EngineServer attach(Map<String, String> handle) {
        if (!isRunning(handle)) {
            throw new PaddockException("the server has ended");
        }
        return new StandingServer(Place.of(new Handle(handle)), parts().containers(), parts().freezer());
    }

    @Override
    public boolean isRunning(Map<String, String> handle) {
        String asked = parts().containers().engine();
        String its = new Handle(handle).fact("engine");
        if (!asked.equals(its)) {
            throw new PaddockException(
                    "the server is on the engine at " + its + ", and this is the one at " + asked,
                    "name its engine with DOCKER_HOST");
        }
        return parts().containers().isRunning(new Handle(handle).fact("container"));
    }

    @Override
    public ServerEnd end(Map<String, String> handle, Path note, Instant started) {
        return parts().containers().end(new Handle(handle).fact("container"));
    }

    @Override
    public void bury(Map<String, String> handle) {
        new StandingServer(Place.of(new Handle(handle)), parts().containers(), parts().freezer()).close();
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public Snapshot freeze(Path folder, Label label) {
        DiskFolder disk = new DiskFolder(folder);
        disk.requireData();
        ImageFacts image = choice().of(disk.origin());
        return parts().freezer().freeze(disk, home, image.id(), label);
    }

    @Override
    public Optional<Snapshot> multiplied(Snapshot template, ServerSpec servers) {
        // Its copies are an image that takes seconds to make, in which PostgreSQL makes many of a small database
        // itself.
        if (CloneMethod.isQuicklyCopied(template.manifest())
                || CloneMethod.of(servers, template.manifest()) != CloneMethod.OVERLAY
                || !Capabilities.keepsLinksApart(info())) {
            return Optional.empty();
        }
        ImageFacts image = choice().of(template);
        int copies = Math.min(
                MOST_COPIES, DatabaseCopies.worthwhile(template.manifest().files()));
        return Optional.of(snapshots.soundByKey(
                "copies docker 1\n" + copies + "\n" + template.id(),
                () -> parts().freezer().multiply(template, image.id(), copies)));
    }

    private void requireSound(Snapshot snapshot) {
        Optional<DamagedSnapshot> damage = snapshots.damage(snapshot);
        if (damage.isPresent()) {
            if (damage.get().canBeMadeAgain()) {
                snapshots.discard(snapshot);
            }
            throw damage.get().failure();
        }
    }

    private Info info() {
        return parts().connection().client().infoCmd().exec();
    }

    @Override
    public Diagnosis diagnose() {
        try {
            return new Capabilities(info(), parts().connection().address().uri().toString()).toDiagnosis();
        } catch (PaddockException absent) {
            return Capabilities.none(absent);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        Closer closer = new Closer();
        closer.add(this::disconnect);
        closer.add(this::closeServers);
        closer.add(this::awaitStarts);
        closer.add(this::closeServers);
        closer.close();
    }

    private void closeServers() {
        Closer.closeAll(servers.stream().<Runnable>map(server -> server::close).toList());
    }

    private synchronized void disconnect() {
        Parts with = parts;
        if (with != null) {
            Closer closer = new Closer();
            closer.add(with.connection()::close);
            closer.add(() -> awaitSweep(with.swept(), TO_SWEEP));
            closer.add(with.stacks()::close);
            closer.close();
        }
        snapshots.settle();
    }

    /** A container that is being started can be removed only as long as the engine is spoken to. */
    private void awaitStarts() {
        try {
            starts.awaitAdvanceInterruptibly(starts.arrive(), TO_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException leftToTheNext) {
            // Who opens an engine sweeps.
        }
    }

    /** A command that is quickly done is to sweep up nevertheless. */
    private static void awaitSweep(CompletableFuture<Void> swept, Duration patience) {
        try {
            swept.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException leftToTheNext) {
            // Who opens an engine sweeps.
        }
    }
}
