package dev.paddock.engine;

import dev.paddock.model.ByteSize;
import dev.paddock.model.PostgresVersion;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running PostgreSQL as its engine sees it. Thread-safe. Whoever started it closes it. */
public interface EngineServer extends AutoCloseable {
    /** A database that every server has, for work on no other. */
    String MAINTENANCE = "postgres";

    PostgresVersion version();

    /** Where clients connect over TCP. */
    String host();

    int port();

    /** A shorter way to it that this machine has, if there is one besides. */
    default Optional<InetSocketAddress> near() {
        return Optional.empty();
    }

    /**
     * A session of the owner's as any user, without that user's password; nobody else can have one. Closed by the caller.
     *
     * @param patience how long each answer may take
     * @throws dev.paddock.model.PaddockException if the server doesn't answer, or knows no such user or database
     */
    WireConnection connect(Login login, Duration patience);

    /** A session for Paddock's own work, as a superuser; closed by the caller. */
    default WireConnection control(String database, Duration patience) {
        return connect(Login.ofOwner(superuser(), database, version()), patience);
    }

    /** The folder of its Unix socket, reachable by the owner alone, if this machine can reach one. */
    Optional<Path> socketFolder();

    /** The snapshot that it is a clone of; on disk, what it was made from. */
    Snapshot origin();

    /** What it keeps its data in: {@code overlay}, {@code reflink}, {@code copy}. */
    String storage();

    /** The process id of the postmaster, or the id of the container. */
    String identity();

    boolean isAlive();

    /** Whether it goes on with data that an earlier server left on disk. */
    boolean isContinued();

    /**
     * All is done that makes its data what its spec says, init scripts included. What lasts is made anew after a failure before that, and gone on with
     * from now on.
     */
    default void complete() {}

    /** A superuser that it has in any case. */
    default String superuser() {
        return "postgres";
    }

    /** Whether its data was there before Paddock and is run as it is: with the users, passwords and databases that are in it. */
    default boolean isAdopted() {
        return false;
    }

    /**
     * Lets the next {@linkplain Engine#multiplied copy} of the database have the cache of the catalogs that PostgreSQL wrote when it
     * was first connected to this one, so that the first connection to it takes a quarter less. Only while nobody has changed
     * anything in it; does nothing where there is nothing to share.
     *
     * @param copy the number of the copy, from 1
     */
    void handOnCatalogCache(int copy);

    /** How much more it may store, as far as can be told. */
    ByteSize storageLeft();

    /** How much memory its files take beside those of its snapshot; absent if they take none, or it can't be told in a moment. */
    Optional<ByteSize> memoryOfFiles();

    /** What it has logged so far, as long as it runs. */
    ServerLog log();

    /** The last lines of the log, also after the server ended. */
    List<String> lastLogLines(int most);

    /** Makes a snapshot of its data as of now. The server runs on and keeps its connections. */
    Snapshot freeze(Label label);

    /**
     * Shuts the server down in order, ending its connections, and makes a snapshot of what it leaves; all else of it is removed. Only
     * for a server in memory, by the process that started it. Much quicker than {@link #freeze}.
     */
    Snapshot shutDown(Label label);

    /** What {@link Engine#attach} needs to find it again from another process. */
    Map<String, String> handle();

    /** Whether it ended because its time to live was over; only known to the process that started it. */
    boolean isExpired();

    /**
     * Lets it live on without this process. Only for a server that was started apart, by the process that started it.
     *
     * @param note a file for whatever keeps the server to tell how it ended, should nobody stop it and nothing else know that
     */
    void detach(Path note);

    /** Stops it and removes all of it, data on disk included, unless it {@linkplain #isContinued goes on} with an earlier one's. */
    void discard();

    /** Stops it and removes all of it, except data on disk. Idempotent. */
    @Override
    void close();
}
