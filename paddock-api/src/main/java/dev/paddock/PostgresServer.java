package dev.paddock;

import dev.paddock.closing.Closer;
import dev.paddock.database.Database;
import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.ServerSpec;
import dev.paddock.server.ControlledServer;
import dev.paddock.server.Databases;
import dev.paddock.server.ServerStarter;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running PostgreSQL. Thread-safe. Closed by whoever started it. */
public final class PostgresServer implements AutoCloseable {
    private final EngineServer server;
    private final ConnectionInfo connection;
    private final Optional<String> template;

    private PostgresServer(EngineServer server, ConnectionInfo connection, Optional<String> template) {
        this.server = server;
        this.connection = connection;
        this.template = template;
    }

    static PostgresServer start(ServerStarter starter, ServerSpec spec) {
        try (ControlledServer started = starter.start(spec)) {
            EngineServer server = started.server().engineServer();
            return new PostgresServer(server, started.server().connection(), template(started));
        }
    }

    /** Known to be absent where there is nothing but what initdb made. */
    private static Optional<String> template(ControlledServer started) {
        EngineServer server = started.server().engineServer();
        if (server.origin().manifest().kind() == Kind.EMPTY && !server.isContinued()) {
            return Optional.empty();
        }
        try {
            return Databases.over(
                            started.control(), started.server().connection().user())
                    .template();
        } catch (RuntimeException failure) {
            throw Closer.after(failure, server::close);
        }
    }

    public PostgresVersion version() {
        return server.version();
    }

    /** How to connect to the spec's database. */
    public ConnectionInfo connection() {
        return connection;
    }

    public String host() {
        return connection.host();
    }

    public int port() {
        return connection.port();
    }

    /** The folder of its Unix socket, reachable by this user alone, if this machine can reach one. */
    public Optional<Path> socketFolder() {
        return server.socketFolder();
    }

    /** The spec's database. */
    public Database database() {
        return Database.of(connection);
    }

    /** Another database of this server; nothing is checked or made. */
    public Database database(String name) {
        return Database.of(connection.withDatabase(name));
    }

    /**
     * The database on it that others can be made from by {@code CREATE DATABASE … TEMPLATE}, if its own was made {@linkplain
     * dev.paddock.template.TemplateSpec#withUntouchedCopy with an untouched copy}.
     */
    public Optional<String> template() {
        return template;
    }

    /** The snapshot that it is a clone of. */
    public Snapshot origin() {
        return server.origin();
    }

    /**
     * Makes a snapshot of all its data as of now. The server runs on and keeps its connections.
     *
     * @throws PaddockException if the name is taken or the cache can't hold it
     */
    public Snapshot snapshot(String name) {
        return server.freeze(new Label(Kind.FROZEN, Optional.of(name), connection.user(), connection.database()));
    }

    /** What its data is stored in: {@code overlay}, {@code reflink}, {@code copy}. */
    public String storage() {
        return server.storage();
    }

    /** The process id of the postmaster, or the id of the container. */
    public String identity() {
        return server.identity();
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    /** Whether it ended because its time to live was over. */
    public boolean isExpired() {
        return server.isExpired();
    }

    /** The last lines of the server's log; also after it ended. */
    public List<String> lastLogLines(int most) {
        return server.lastLogLines(most);
    }

    /** The same without a name, for whoever starts a clone of it at once. */
    Snapshot freeze() {
        return server.freeze(new Label(Kind.FROZEN, Optional.empty(), connection.user(), connection.database()));
    }

    EngineServer engineServer() {
        return server;
    }

    Map<String, String> handle() {
        return server.handle();
    }

    void detach(Path note) {
        server.detach(note);
    }

    /** Stops it and removes all of it, except data on disk. Idempotent. */
    @Override
    public void close() {
        server.close();
    }
}
