package dev.paddock;

import dev.paddock.engine.Engine;
import dev.paddock.engine.EngineProvider;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.registry.ServerRecord;
import dev.paddock.registry.ServerRegistry;
import dev.paddock.server.KeptConnection;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;

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
    private final Progress progress;
    private final ServerRegistry registry;

    private Paddock(Engine engine, PaddockHome home, Progress progress) {
        this.engine = engine;
        this.progress = progress;
        this.registry = new ServerRegistry(
                home, record -> !record.engine().equals(engine.name()) || engine.isRunning(record.handle()));
    }

    /**
     * On local processes: no Docker, no root. Needs {@code paddock-embedded} on the class path.
     *
     * @return to be closed by the caller
     */
    public static Paddock embedded() {
        Paddock paddock = open("embedded", PaddockHome.ofUser(), Progress.NONE);
        DriverWarmUp.begin();
        return paddock;
    }

    /**
     * On the engine of this name.
     *
     * @return to be closed by the caller
     * @throws PaddockException if no such engine is on the class path
     */
    public static Paddock open(String engineName, PaddockHome home, Progress progress) {
        for (EngineProvider provider : ServiceLoader.load(EngineProvider.class, Paddock.class.getClassLoader())) {
            if (provider.name().equals(engineName)) {
                return new Paddock(provider.open(home, progress), home, progress);
            }
        }
        throw new PaddockException(
                "there is no engine '" + engineName + "' on the class path",
                "add the dependency dev.paddock:paddock-" + engineName);
    }

    /**
     * Starts a server, provides its user and database and runs its init scripts.
     *
     * @return closed by the caller or with this object, whichever comes first
     * @throws PaddockException with the reason; nothing of the server is left then
     */
    public PostgresServer start(ServerSpec spec) {
        return PostgresServer.start(engine::start, spec, progress);
    }

    /**
     * Starts a server that lives on when this JVM ends, until it is stopped or its time to live is over.
     *
     * @param name what to call it; if absent the first free one of {@code pg1}, {@code pg2}, …
     * @throws PaddockException if the name is taken, or as {@link #start}
     */
    public ServerRecord up(Optional<String> name, ServerSpec spec) {
        try (ServerRegistry.Claim claim = name.map(registry::claim).orElseGet(registry::claimNext)) {
            PostgresServer server = PostgresServer.start(engine::startApart, spec, progress);
            try {
                Instant started = Instant.now();
                ServerRecord record = new ServerRecord(
                        claim.name(),
                        engine.name(),
                        server.version(),
                        server.connection(),
                        server.socketFolder(),
                        server.storage(),
                        server.identity(),
                        started,
                        spec.ttl().map(started::plus),
                        server.handle());
                claim.fulfil(record);
                server.detach();
                return record;
            } catch (RuntimeException failure) {
                registry.remove(claim.name());
                server.close();
                throw failure;
            }
        }
    }

    /**
     * Stops a standing server. Data that it has on disk stays.
     *
     * @throws PaddockException if no server of that name runs
     */
    public void down(String name) {
        ServerRecord record = registry.get(name);
        engine.attach(record.handle()).close();
        registry.remove(name);
    }

    /**
     * Makes a snapshot of a standing server's data as of now. The server runs on and keeps its connections.
     *
     * @throws PaddockException if no such server runs, or the snapshot's name is taken
     */
    public Snapshot freeze(String server, String snapshot) {
        ServerRecord record = registry.get(server);
        return engine.attach(record.handle())
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

    /** The servers that live on without an owner. */
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
        engine.close();
    }
}
