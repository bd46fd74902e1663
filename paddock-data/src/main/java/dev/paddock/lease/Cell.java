package dev.paddock.lease;

import dev.paddock.closing.Closer;
import dev.paddock.engine.EngineServer;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import dev.paddock.model.Storage;
import dev.paddock.server.ControlledServer;
import dev.paddock.snapshot.Manifest;
import dev.paddock.time.Deadline;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.ScramVerifier;
import dev.paddock.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A small server that one holder at a time has to itself, and the databases in it. Used by one thread at a time; closed by its pool.
 */
final class Cell implements AutoCloseable {
    static final String READER = "paddock_reader";

    /** A backend whose client has just gone may take a moment to follow. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(200);

    /** How long the server of one's own may take for an answer, before another takes its place. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A fresh one has about 8 MB, and each database that was used adds 1.3 MB and what its holder has written. */
    private static final ByteSize MOST_MEMORY = ByteSize.ofMegabytes(64);

    /** A large template takes as long as its storage needs for it. */
    private static final Duration TO_COPY = Duration.ofMinutes(10);

    private final EngineServer server;
    private final ConnectionInfo template;
    private final int copies;
    private final ServerWide before;
    private final Set<String> spent = new HashSet<>();
    private final ByteSize enough;
    private WireConnection control;
    private int handedOut;

    private Cell(ControlledServer started, Storage storage) {
        Manifest facts = started.server().engineServer().origin().manifest();
        this.server = started.server().engineServer();
        this.template = started.server().connection();
        this.copies = facts.copies();
        this.control = prepared(started.control());
        this.before = ServerWide.of(control);
        this.enough = new ByteSize(
                storage instanceof Storage.InMemory memory
                        ? Math.max(1, memory.limit().bytes() / 2)
                        : 1);
    }

    /** Of a server that is the cell's own from now on. */
    static Cell of(ControlledServer started, Storage storage) {
        try {
            return new Cell(started, storage);
        } catch (RuntimeException failure) {
            throw Closer.after(
                    Closer.after(failure, started::close), started.server().engineServer()::close);
        }
    }

    EngineServer server() {
        return server;
    }

    boolean isAlive() {
        return server.isAlive();
    }

    /** Whether it has another database to give. */
    boolean hasNext(Way way) {
        return isAlive()
                && switch (way) {
                    case COPIES_IN_SNAPSHOT -> handedOut < copies;
                    case CREATE_DATABASE -> true;
                    case SERVER_CLONE -> handedOut == 0;
                };
    }

    /** A database that nobody has used. */
    ConnectionInfo next(Way way) {
        handedOut++;
        if (way == Way.SERVER_CLONE) {
            return template;
        }
        String name = template.database() + "_" + handedOut;
        if (way == Way.CREATE_DATABASE) {
            create(name);
        }
        return template.withDatabase(name);
    }

    /** For the one after the last that was given, if its holder hasn't had it yet. */
    void shareCatalogCache(Way way) {
        if (way == Way.COPIES_IN_SNAPSHOT) {
            server.handOnCatalogCache(handedOut);
        }
    }

    private void create(String name) {
        if (server.version().major() >= 18 && server.storage().equals("reflink")) {
            control.execute("SET file_copy_method = clone");
        }
        // Its files are copied, instead of each page passing through the log; 14 knows no other way.
        String strategy = server.version().major() >= 15 ? " STRATEGY FILE_COPY" : "";
        control.execute(
                "CREATE DATABASE " + Quoted.identifier(name) + " TEMPLATE " + Quoted.identifier(template.database())
                        + " OWNER " + Quoted.identifier(template.user()) + strategy,
                TO_COPY);
        spent.add("database " + name);
    }

    /** The template's own database, if the holder of another hasn't touched it. */
    Optional<ConnectionInfo> original(ConnectionInfo leased) {
        return leased.database().equals(template.database()) ? Optional.empty() : Optional.of(template);
    }

    /** How to connect to a database as somebody whom PostgreSQL lets read everything and write nothing. */
    ConnectionInfo reader(ConnectionInfo database) {
        Secret password = ScramVerifier.salted(Secret.generate());
        control.execute("CREATE ROLE " + READER + " LOGIN BYPASSRLS IN ROLE pg_read_all_data PASSWORD "
                + Quoted.literal(ScramVerifier.of(password)));
        control.execute("ALTER ROLE " + READER + " SET default_transaction_read_only = on");
        return database.as(READER, password);
    }

    /**
     * Makes it fit for the next holder.
     *
     * @return connections that were still open, and have been closed
     * @throws PaddockException if its server doesn't answer any more
     */
    List<Leak> closeConnections(ConnectionInfo leased) {
        reconnectIfNeeded();
        List<Leak> leaks = new ArrayList<>();
        if (!Deadline.in(LAST_MOMENT).await(() -> others().isEmpty())) {
            leaks.addAll(others());
            control.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + OTHERS);
        }
        return leaks;
    }

    private static final String OTHERS = "backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private List<Leak> others() {
        List<Leak> left = new ArrayList<>();
        for (List<Optional<String>> row : control.query(
                "SELECT coalesce(nullif(application_name, ''), 'a client') || ' in database ' || datname || ', ' || state"
                        + " || ', last statement: ' || left(query, 200) FROM pg_stat_activity WHERE "
                        + OTHERS)) {
            left.add(new Leak(row.get(0).orElse("a client"), Optional.empty()));
        }
        return left;
    }

    /** Takes a database that was used out of use. */
    void retire(ConnectionInfo leased, Way way) {
        String name = Quoted.identifier(leased.database());
        spent.add("database " + leased.database());
        if (way == Way.COPIES_IN_SNAPSHOT) {
            // Its files go with the cell; to drop it now would cost more than all the rest of it.
            control.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        } else if (way == Way.CREATE_DATABASE) {
            control.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", TO_COPY);
        }
    }

    /** What a holder changed that isn't in its database. */
    List<String> changes() {
        return before.changesTo(ServerWide.of(control), spent);
    }

    /** Whether it can hold more, without more memory than a new one is worth: what used databases have written stays until its end. */
    boolean hasRoom() {
        return server.storageLeft().compareTo(enough) > 0
                && server.memoryOfFiles()
                        .filter(used -> used.compareTo(MOST_MEMORY) > 0)
                        .isEmpty();
    }

    /** A holder who ended every connection of the server ended this one too. */
    private void reconnectIfNeeded() {
        try {
            control.execute("SELECT");
        } catch (PaddockException ended) {
            control.close();
            control = prepared(ControlledServer.control(server, PATIENCE));
        }
    }

    /** What a holder has left locked, as by a prepared transaction, isn't waited for: another cell is there sooner. */
    private static WireConnection prepared(WireConnection control) {
        control.patience(PATIENCE);
        control.execute("SET lock_timeout = '2s'");
        return control;
    }

    @Override
    public void close() {
        try {
            control.close();
        } finally {
            server.close();
        }
    }
}
