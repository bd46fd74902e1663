package dev.paddock.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.engine.Diagnosis;
import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineServer;
import dev.paddock.engine.EngineStack;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.ExistingData;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Tuning;
import dev.paddock.server.DatabaseCopies;
import dev.paddock.server.DiskFolder;
import dev.paddock.server.ForeignData;
import dev.paddock.server.ServerSettings;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs servers in containers of a Docker Engine on this machine, one container for each. */
final class DockerEngine implements Engine {
    static final String NAME = "docker";

    private static final PostgresSource DEFAULT =
            new PostgresSource.Release(PostgresSource.NEWEST, OptionalInt.empty());
    /** An image is packed and unpacked three times before it is one, link by link, and a container takes its place soon enough. */
    private static final int MOST_COPIES = 12;

    private static final Set<String> KEEPS_LINKS_APART = Set.of("overlay2", "overlayfs");

    private final PaddockHome home;
    private final Progress progress;
    private final Account account;
    private final SnapshotStore snapshots;
    private final Set<OwnedServer> servers = ConcurrentHashMap.newKeySet();
    private @Nullable Parts parts;
    private boolean closed;

    private DockerEngine(PaddockHome home, Account account, Progress progress) {
        this.home = home;
        this.account = account;
        this.progress = progress;
        // Containers are clones of images, which stay when the snapshot goes.
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
            EmptySnapshots empty,
            SnapshotImages snapshotImages,
            Freezer freezer,
            VolumeData volumes,
            Stacks stacks) {}

    private synchronized Parts parts() {
        if (closed) {
            throw new PaddockException("this engine is closed");
        }
        if (parts == null) {
            DockerConnection connection = DockerConnection.open(System.getenv());
            DockerClient client = connection.client();
            Ours ours = Ours.in(home);
            Containers containers = new Containers(connection, ours);
            containers.sweep(home);
            Images images = new Images(client, home, new Probe(containers), progress);
            SnapshotImages snapshotImages = new SnapshotImages(client, home, ours);
            // Nobody waits for it, and the next who opens an engine does what this one leaves.
            CompletableFuture<Void> unused = CompletableFuture.runAsync(
                    () -> snapshotImages.sweep(id -> snapshots.find(id).isPresent()));
            parts = new Parts(
                    connection,
                    containers,
                    images,
                    new EmptySnapshots(home, snapshots, account, containers, progress),
                    snapshotImages,
                    new Freezer(snapshots, account, containers, this::recover),
                    new VolumeData(containers, home, images),
                    new Stacks(containers, ours, home, progress));
        }
        return parts;
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
        Parts with = parts();
        try (Residence residence = Residence.of(spec, with.containers(), with.volumes(), home)) {
            return start(spec, standing, residence);
        }
    }

    private EngineServer start(ServerSpec spec, boolean standing, Residence residence) {
        Parts with = parts();
        ImageFacts image =
                image(spec, residence.origin().or(() -> spec.snapshot().map(snapshots::get)));
        Snapshot snapshot = residence.origin().orElseGet(() -> origin(spec, image));
        requireSameMajor(image, snapshot);
        ImageFacts runs =
                ContainerRules.owner(spec.container()).map(image::ownedBy).orElse(image);
        Placement placement = residence.placement(spec, snapshot, account);
        ServerSettings settings = new ServerSettings(
                        image.version(),
                        // What was there before Paddock is nothing to be thrown away.
                        residence.isAdopted() ? Tuning.DURABLE : spec.tuning(),
                        snapshot.manifest().format().walSegment())
                .inContainer()
                .and(spec.settings());
        UnaryOperator<String> imageName = residence.isLasting()
                ? gone -> image.id()
                : gone -> with.snapshotImages().of(snapshot, image, runs.owner(), gone);
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
            OwnedServer server = new OwnedServer(started, residence, with.containers(), with.freezer());
            servers.removeIf(each -> !each.isAlive());
            servers.add(server);
            return server;
        } catch (RuntimeException failure) {
            residence.discard();
            throw failure;
        }
    }

    private static void requireSameMajor(ImageFacts image, Snapshot snapshot) {
        if (image.version().major() != snapshot.manifest().version().major()) {
            throw new PaddockException(
                    "the data of " + snapshot.label() + " is PostgreSQL "
                            + snapshot.manifest().version() + "'s; PostgreSQL " + image.version() + " can't read it",
                    "leave the version out");
        }
    }

    /** The one that is asked for; else whatever wrote the data, or runs data of its version. */
    private ImageFacts image(ServerSpec spec, Optional<Snapshot> given) {
        Images images = parts().images();
        if (given.isEmpty()
                || spec.container().image().isPresent()
                || spec.postgres().isPresent()) {
            return images.find(spec.container(), spec.postgres().orElse(DEFAULT));
        }
        ContainerSpec container =
                Origin.image(given.get()).map(spec.container()::withImage).orElse(spec.container());
        Optional<ImageFacts> exact =
                Origin.content(given.get()).filter(images::has).map(id -> images.get(id, PullPolicy.NEVER));
        if (exact.isPresent() && !images.has(container.image().orElse(""))) {
            return exact.get();
        }
        ImageFacts named = images.find(container, Origin.release(given.get()));
        // A name may have gone on to another version, which can't read what the one before has written.
        return named.version().major() == given.get().manifest().version().major() ? named : exact.orElse(named);
    }

    @Override
    public Snapshot origin(ServerSpec spec) {
        return origin(spec, image(spec, spec.snapshot().map(snapshots::get)));
    }

    private Snapshot origin(ServerSpec spec, ImageFacts image) {
        if (spec.snapshot().isEmpty()) {
            return parts().empty().of(image, spec.format(), spec.container().environment());
        }
        Snapshot named = snapshots.get(spec.snapshot().get());
        requireSameMajor(image, named);
        return new ForeignData(snapshots)
                .fit(
                        named,
                        image.platform(),
                        fitting -> start(ServerSpec.snapshot(fitting.id())
                                .withContainer(ContainerSpec.DEFAULT.withImage(image.reference()))));
    }

    /** On a copy in the container's own layer: nobody else will ever want an image of it. */
    private ServerStart.Started recover(String imageName, SentData data, Snapshot origin) {
        return recover(parts().images().get(imageName, PullPolicy.MISSING), data, origin);
    }

    private ServerStart.Started recover(ImageFacts image, SentData data, Snapshot origin) {
        Parts with = parts();
        return new ServerStart(
                        new ServerContainer(
                                with.containers(),
                                image,
                                new Placement.Layer(),
                                ContainerSpec.DEFAULT.withPublished(false),
                                Optional.empty(),
                                false),
                        gone -> image.id(),
                        home,
                        origin,
                        container -> data.to(with.connection().client(), container, SnapshotImages.DATA, image.owner()),
                        new ServerSettings(
                                        image.version(),
                                        Tuning.THROWAWAY,
                                        origin.manifest().format().walSegment())
                                .inContainer(),
                        OptionalInt.empty(),
                        Duration.ofMinutes(10),
                        origin.id().equals(Adoption.UNKNOWN))
                .run();
    }

    @Override
    public Snapshot adopt(ExistingData source, ServerSpec spec, String name) {
        Parts with = parts();
        return new Adoption(snapshots, home, account, with.containers(), with.images(), this::recover)
                .adopt(source, spec, name);
    }

    @Override
    public EngineStack openStack(boolean standing, Optional<Duration> ttl) {
        return parts().stacks().open(standing, ttl);
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
        return new StandingServer(Place.ofHandle(handle), parts().containers(), parts().freezer());
    }

    @Override
    public boolean isRunning(Map<String, String> handle) {
        String asked = parts().containers().engine();
        String its = Place.fact(handle, "engine");
        if (!asked.equals(its)) {
            throw new PaddockException(
                    "the server is on the engine at " + its + ", and this is the one at " + asked,
                    "name its engine with DOCKER_HOST");
        }
        return parts().containers().isRunning(Place.fact(handle, "container"));
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public Snapshot freeze(Path folder, Label label) {
        DiskFolder disk = new DiskFolder(folder);
        if (!disk.hasData()) {
            throw new PaddockException(folder + " holds no server's data", "name a folder that was given with --disk");
        }
        ImageFacts image = image(ServerSpec.create(), Optional.of(disk.origin()));
        return parts().freezer().freeze(disk, image.id(), label);
    }

    @Override
    public Optional<Snapshot> multiplied(Snapshot template, ServerSpec servers) {
        if (CloneMethod.of(servers) != CloneMethod.OVERLAY || !KEEPS_LINKS_APART.contains(info().getDriver())) {
            return Optional.empty();
        }
        ImageFacts image = image(ServerSpec.create(), Optional.of(template));
        int copies = Math.min(
                MOST_COPIES, DatabaseCopies.worthwhile(template.manifest().files()));
        return Optional.of(snapshots.byKey(
                "copies docker 1\n" + copies + "\n" + template.id(),
                () -> parts().freezer().multiply(template, image.id(), copies)));
    }

    private Info info() {
        return parts().connection().client().infoCmd().exec();
    }

    @Override
    public Diagnosis diagnose() {
        List<Diagnosis.Finding> findings = new ArrayList<>();
        try {
            Info info = info();
            findings.add(new Diagnosis.Finding(
                    "docker",
                    true,
                    "version " + info.getServerVersion() + " at "
                            + parts().connection().address().uri()));
            boolean overlay = KEEPS_LINKS_APART.contains(info.getDriver());
            findings.add(new Diagnosis.Finding(
                    "storage.overlay", true, "the copy-on-write layer of the engine's driver " + info.getDriver()));
            findings.add(new Diagnosis.Finding("storage.copy", true, "a tmpfs, where --memory is given"));
            findings.add(new Diagnosis.Finding(
                    "database.copies",
                    overlay,
                    overlay
                            ? "databases for tests are in the snapshot already"
                            : "the driver " + info.getDriver() + " isn't known to keep links apart"));
            findings.add(new Diagnosis.Finding("storage.disk", true, "a folder of yours, mounted into the container"));
            findings.add(new Diagnosis.Finding("storage.volume", true, "a volume of the engine's, by its name"));
            findings.add(new Diagnosis.Finding("adopt", true, "clones of data in volumes, folders and containers"));
            findings.add(new Diagnosis.Finding("services", true, "containers beside it, on a network of their own"));
            findings.add(new Diagnosis.Finding("extensions.folder", false, "an image has its extensions in it"));
        } catch (PaddockException absent) {
            // Of an engine that doesn't answer nothing else is known.
            findings.add(new Diagnosis.Finding(
                    "docker",
                    false,
                    absent.getMessage() + absent.hint().map(hint -> "; " + hint).orElse("")));
        }
        return new Diagnosis(NAME, findings);
    }

    @Override
    public void close() {
        servers.forEach(OwnedServer::close);
        synchronized (this) {
            closed = true;
            if (parts != null) {
                parts.stacks().close();
                parts.connection().close();
            }
        }
    }
}
