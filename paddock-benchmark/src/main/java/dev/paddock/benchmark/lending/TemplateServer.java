package dev.paddock.benchmark.lending;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.wire.Quoted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * One server in which databases are made by CREATE DATABASE, as pgtestdb and IntegreSQL have it. Thread-safe; its connections are kept
 * open, as their pools keep them.
 */
final class TemplateServer implements AutoCloseable {
    private final ConnectionInfo connection;
    private final Runnable end;
    private final DataSource control;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final AtomicLong made = new AtomicLong();

    private TemplateServer(ConnectionInfo connection, Runnable end) {
        this.connection = connection;
        this.end = end;
        this.control = Database.of(connection).dataSource();
    }

    /** In memory, with room for some gigabytes. */
    static TemplateServer start(Paddock paddock) {
        ServerSpec spec = ServerSpec.postgres("18").withStorage(new Storage.InMemory(ByteSize.parse("16GB")));
        for (String setting : SETTINGS.split(" ")) {
            String[] pair = setting.split("=", 2);
            spec = spec.withSetting(pair[0], pair[1]);
        }
        PostgresServer server = paddock.start(spec);
        return new TemplateServer(server.connection(), server::close);
    }

    /** One that somebody else has started, and ends. */
    static TemplateServer at(ConnectionInfo connection) {
        return new TemplateServer(connection, () -> {});
    }

    /** PostgreSQL's own, over those of a throwaway server; nothing is synced, as both projects advise. */
    private static final String SETTINGS =
            "shared_buffers=128MB synchronous_commit=on full_page_writes=on wal_level=replica"
                    + " max_wal_senders=10 max_wal_size=1GB min_wal_size=80MB wal_recycle=on wal_init_zero=on autovacuum=on"
                    + " max_worker_processes=8 max_logical_replication_workers=4 max_replication_slots=10 io_method=worker jit=on"
                    + " log_checkpoints=on";

    ConnectionInfo connection() {
        return connection;
    }

    /** The template of a content, made unless it is there. */
    synchronized String template(Content content) {
        String name = "template_" + content.key();
        try {
            if (!exists(name)) {
                execute("CREATE DATABASE " + Quoted.identifier(name));
                content.fill(source(name));
                execute("ALTER DATABASE " + Quoted.identifier(name) + " IS_TEMPLATE true");
            }
            return name;
        } catch (SQLException failure) {
            throw new PaddockException("can't make " + name + ": " + failure.getMessage(), failure);
        }
    }

    private boolean exists(String name) throws SQLException {
        Connection session = session();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT FROM pg_database WHERE datistemplate AND datname = " + Quoted.literal(name))) {
            return row.next();
        } finally {
            idle.add(session);
        }
    }

    /** A new database, by PostgreSQL's default strategy. */
    Borrowed create(String template) {
        String name = "test_" + ProcessHandle.current().pid() + "_" + made.incrementAndGet();
        execute("CREATE DATABASE " + Quoted.identifier(name) + " TEMPLATE " + Quoted.identifier(template));
        return new Made(this, name, source(name));
    }

    private DataSource source(String database) {
        return Database.of(connection.withDatabase(database)).dataSource();
    }

    private void execute(String sql) {
        try {
            Connection session = session();
            try (Statement statement = session.createStatement()) {
                statement.execute(sql);
            } finally {
                idle.add(session);
            }
        } catch (SQLException failure) {
            throw new PaddockException("PostgreSQL refused: " + failure.getMessage(), failure);
        }
    }

    private Connection session() throws SQLException {
        Connection kept = idle.poll();
        return kept == null ? control.getConnection() : kept;
    }

    @Override
    public void close() {
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            try {
                each.close();
            } catch (SQLException goneAlready) {
                // That is what was wanted.
            }
        }
        end.run();
    }

    private record Made(TemplateServer server, String name, DataSource dataSource) implements Borrowed {
        @Override
        public void close() {
            server.execute("DROP DATABASE IF EXISTS " + Quoted.identifier(name) + " WITH (FORCE)");
        }
    }
}
