package dev.paddock;

import dev.paddock.closing.Closer;
import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineServer;
import dev.paddock.engine.EngineService;
import dev.paddock.engine.Engines;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.DatabasePools;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ExistingData;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerEnd;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.StackSpec;
import dev.paddock.postgres.KeptConnection;
import dev.paddock.registry.RegisteredServer;
import dev.paddock.registry.ServerRecord;
import dev.paddock.registry.ServerRegistry;
import dev.paddock.server.ServerStarter;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import dev.paddock.template.TemplateSpec;
import dev.paddock.template.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives real PostgreSQL servers.
 *
 * <pre>{@code
 * try (Paddock paddock = Paddock.embedded()) {
 *     PostgresServer server = paddock.start(ServerSpec.postgres("18"));
 *     DataSource db = server.database().dataSource();
 * }
 * }</pre>
 *
 * <p>Thread-safe. One per test run is enough: it may run hundreds of servers. Closing it stops all that it started; if the JVM
 * dies in whatever way, the same happens within a second.
 */
public final class Paddock implements AutoCloseable {
    private final Engine engine;
    private final OpenEngines engines;
    private final Progress progress;
    private final ServerStarter starter;
    private final LeaseSettings leases;
    private final ServerRegistry registry;
    private final DriverWarmUp warmUp = new DriverWarmUp();
    private final Closer closer = new Closer();
    private @Nullable DatabasePools pools;
    private final List<ServerPool> serverPools = new ArrayList<>();

    private Paddock(Engine engine, PaddockHome home, Progress progress, LeaseSettings leases) {
        this.engine = engine;
        this.engines = new OpenEngines(engine, home, progress);
        this.progress = progress;
        this.starter = new ServerStarter(engine::start, progress);
        this.leases = leases;
        this.registry = new ServerRegistry(home, this::end);
        closer.add(engines::close);
        closer.add(this::closePools);
    }

    private Optional<ServerEnd> end(ServerRecord server) {
        return engines.end(server, registry.note(server));
    }

    /**
     * On local processes: no Docker, no root. Needs {@code paddock-embedded} on the class path.
     *
     * @return to be closed by the caller
     */
    public static Paddock embedded() {
        return embedded(LeaseSettings.DEFAULT);
    }

    /** Like {@link #embedded()}, lending databases as these settings say. */
    public static Paddock embedded(LeaseSettings leases) {
        return on("embedded", leases);
    }

    /**
     * In containers of the Docker Engine of this machine. Needs {@code paddock-docker} on the class path.
     *
     * @return to be closed by the caller
     */
    public static Paddock docker() {
        return docker(LeaseSettings.DEFAULT);
    }

    /** Like {@link #docker()}, lending databases as these settings say. */
    public static Paddock docker(LeaseSettings leases) {
        return on("docker", leases);
    }

    /**
     * On the engine of this name, {@code embedded} or {@code docker}, for where that is a matter of configuration.
     *
     * @return to be closed by the caller
     * @throws PaddockException if no such engine is on the class path
     */
    public static Paddock on(String engineName, LeaseSettings leases) {
        Paddock paddock = open(engineName, PaddockHome.ofUser(), Progress.NONE, leases);
        paddock.warmUp.begin();
        return paddock;
    }

    /**
     * On the engine of this name.
     *
     * @return to be closed by the caller
     * @throws PaddockException if no such engine is on the class path
     */
    public static Paddock open(String engineName, PaddockHome home, Progress progress) {
        return open(engineName, home, progress, LeaseSettings.DEFAULT);
    }

    /** Like {@link #open(String, PaddockHome, Progress)}, lending databases as these settings say. */
    public static Paddock open(String engineName, PaddockHome home, Progress progress, LeaseSettings leases) {
        return new Paddock(Engines.open(engineName, home, progress), home, progress, leases);
    }

    /**
     * Starts a server, provides its user and database and runs its init scripts.
     *
     * @return closed by the caller or with this object, whichever comes first
     * @throws PaddockException with the reason; nothing of the server is left then
     */
    public PostgresServer start(ServerSpec spec) {
        return PostgresServer.start(starter, spec);
    }

    /**
     * Starts a server and the services beside it, each as soon as all that it depends on is ready.
     *
     * @return closed by the caller
     * @throws PaddockException with the reason; nothing of the stack is left then
     */
    public Stack start(StackSpec spec) {
        return Stack.start(engine, starter, false, spec, progress);
    }

    /**
     * Starts a server whose database is made from a template: built if nobody has needed it yet, with nothing to be run otherwise.
     *
     * @return closed by the caller or with this object, whichever comes first
     * @throws PaddockException if the template can't be built, or as {@link #start(ServerSpec)}
     */
    public PostgresServer start(TemplateSpec template) {
        return start(template.server().withSnapshot(template(template).id()));
    }

    /**
     * Keeps servers ready, so that whoever needs one has it at once.
     *
     * @param spec of each of them; a snapshot or a template spares them init scripts
     * @return closed by the caller or with this object, whichever comes first
     */
    public ServerPool pool(ServerSpec spec, PoolSettings settings) {
        return opened(ServerPool.open(spec, () -> start(spec), settings));
    }

    /** Like {@link #pool(ServerSpec, PoolSettings)}, of servers whose database is made from a template. */
    public ServerPool pool(TemplateSpec template, PoolSettings settings) {
        return opened(ServerPool.open(template.server(), () -> start(template), settings));
    }

    private synchronized ServerPool opened(ServerPool pool) {
        serverPools.removeIf(ServerPool::isClosed);
        serverPools.add(pool);
        return pool;
    }

    private void closePools() {
        List<ServerPool> open;
        synchronized (this) {
            open = List.copyOf(serverPools);
        }
        Closer.closeAll(open.stream().<Runnable>map(pool -> pool::close).toList());
    }

    /** The snapshot of a template, built if nobody has needed it yet. */
    public Snapshot template(TemplateSpec template) {
        engine.prepare();
        return templates().get(template);
    }

    private Templates templates() {
        return new Templates(engine, starter, progress);
    }

    /**
     * Lends databases made from a template.
     *
     * @return the same pool for an equal spec; closed with this object
     */
    public DatabasePool databases(TemplateSpec template) {
        engine.prepare();
        return pools().get(template);
    }

    private synchronized DatabasePools pools() {
        DatabasePools existing = pools;
        if (existing == null) {
            warmUp.begin();
            existing = new DatabasePools(engine, templates(), starter, leases);
            pools = existing;
            closer.add(existing::close);
        }
        return existing;
    }

    /**
     * Keeps a lent database as it is now in a standing server of its own, beyond the end of the lease and of this JVM.
     *
     * @param name what to call the server
     * @param ttl how long it may live
     * @throws PaddockException if the name is taken, or the cache can't hold it
     */
    public ServerRecord keep(Lease lease, String name, Duration ttl) {
        return up(Optional.of(name), ServerSpec.snapshot(lease.freeze().id()).withTtl(ttl));
    }

    /** Like {@link #keep(Lease, String, Duration)}, of all that is in a server of one's own. The server runs on. */
    public ServerRecord keep(PostgresServer server, String name, Duration ttl) {
        return up(Optional.of(name), ServerSpec.snapshot(server.freeze().id()).withTtl(ttl));
    }

    /**
     * Starts a server that lives on when this JVM ends, until it is stopped or its time to live is over.
     *
     * @param name what to call it; if absent the first free one of {@code pg1}, {@code pg2}, …
     * @throws PaddockException if a server of that name runs, or as {@link #start}; one that has failed is replaced
     */
    public ServerRecord up(Optional<String> name, ServerSpec spec) {
        return up(name, StackSpec.of(spec), stack -> {});
    }

    /**
     * The same with services beside it, which end with it.
     *
     * @param witness sees it while it still belongs to this process
     */
    public ServerRecord up(Optional<String> name, StackSpec spec, Consumer<Stack> witness) {
        try (ServerRegistry.Claim claim = name.map(registry::claim).orElseGet(registry::claimNext)) {
            claim.replaced().ifPresent(this::bury);
            Stack stack = Stack.start(engine, new ServerStarter(engine::startApart, progress), true, spec, progress);
            try {
                ServerRecord record = stack.record(claim.name(), engine.name(), spec.postgres());
                recorded(record, claim, () -> {
                    witness.accept(stack);
                    stack.detach(registry.note(record));
                });
                return record;
            } catch (RuntimeException failure) {
                throw Closer.after(failure, stack::close);
            }
        }
    }

    /** Before a server is let go it is known to everybody, so that none stands that isn't. */
    private void recorded(ServerRecord record, ServerRegistry.Claim claim, Runnable letGo) {
        try {
            claim.fulfil(record);
            letGo.run();
        } catch (RuntimeException failure) {
            throw Closer.after(failure, () -> registry.remove(record));
        }
    }

    /**
     * Stops a standing server, of whatever engine, or removes one that has failed. Data that it has on disk stays.
     *
     * @throws PaddockException if there is no server of that name, or its engine can't be asked now: its record stays then
     */
    public void down(String name) {
        RegisteredServer known = registry.known(name);
        if (known.hasFailed()) {
            bury(known.record());
            return;
        }
        ServerRecord record = known.requireReachable();
        attach(record).close();
        Stack.of(record).ifPresent(engines.of(record)::endStack);
        registry.remove(record);
    }

    /** Removes what is left of a server that has failed, and of what was beside it. */
    private void bury(ServerRecord failed) {
        Engine its = engines.of(failed);
        its.bury(failed.handle());
        Stack.of(failed).ifPresent(its::endStack);
        registry.remove(failed);
    }

    /**
     * The services beside a standing server, in the order of their names, those that have ended too.
     *
     * @throws PaddockException if its engine can't be asked now
     */
    public List<EngineService> services(ServerRecord server) {
        List<EngineService> services = new ArrayList<>(Stack.of(server)
                .map(stack -> engines.of(server).services(stack))
                .orElse(List.of()));
        List<String> found = services.stream().map(EngineService::name).toList();
        Stack.servicesOf(server).stream()
                .filter(name -> !found.contains(name))
                .forEach(name -> services.add(new GoneService(name)));
        services.sort(Comparator.comparing(EngineService::name));
        return services;
    }

    /**
     * Makes a snapshot of a standing server's data as of now. The server runs on and keeps its connections.
     *
     * @throws PaddockException if no such server runs, or the snapshot's name is taken
     */
    public Snapshot freeze(String server, String snapshot) {
        ServerRecord record = registry.get(server);
        return attach(record)
                .freeze(new Label(
                        Kind.FROZEN,
                        Optional.of(snapshot),
                        record.connection().user(),
                        record.connection().database()));
    }

    /**
     * Makes a snapshot of the data that a stopped server left on disk.
     *
     * @param folder as it was given to the server
     * @throws PaddockException if a server runs on it, it holds none's data, or the snapshot's name is taken
     */
    public Snapshot freeze(Path folder, String snapshot) {
        return engine.freeze(
                folder,
                new Label(
                        Kind.FROZEN,
                        Optional.of(snapshot),
                        KeptConnection.user(folder),
                        KeptConnection.database(folder)));
    }

    /**
     * Makes a snapshot of data that was there before Paddock: a volume's, a folder's, a container's. That is only read, and whatever starts from the
     * snapshot is a clone.
     *
     * @param spec which image or version is to read it, if that isn't plain; and its clones' user and database, if not the original's
     * @throws PaddockException if a server works on a volume or folder, it holds no data, or the snapshot's name is taken
     */
    public Snapshot adopt(ExistingData source, ServerSpec spec, String snapshot) {
        return engine.adopt(source, spec, snapshot);
    }

    /**
     * A standing server, of whatever engine, as that engine sees it.
     *
     * @return to close it stops it
     * @throws PaddockException if it doesn't run any more, or its engine can't be asked now
     */
    public EngineServer attach(ServerRecord server) {
        return engines.of(server).attach(server.handle());
    }

    /** The servers that live on without an owner, those of other engines included. */
    public ServerRegistry registry() {
        return registry;
    }

    public SnapshotStore snapshots() {
        return engine.snapshots();
    }

    public Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        closer.close();
    }
}
