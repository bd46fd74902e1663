package dev.paddock.engine;

import dev.paddock.model.ExistingData;
import dev.paddock.model.Hint;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerEnd;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Term;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where servers run. Thread-safe. Closing it stops every server that it owns; standing servers live on.
 *
 * <p>A server that an engine starts is a clone of a snapshot, accepts connections, and has nothing of the spec's user,
 * password, database and init scripts yet: those are the same act on each engine, done by {@link dev.paddock.Paddock}.
 */
public interface Engine extends AutoCloseable {

    /** As in {@code --engine}. */
    String name();

    /** Begins to do in the background what the first server will wait for. Returns at once. */
    void prepare();

    /**
     * Starts a server that lives until it, or this engine, is closed, or its owner dies however it dies.
     *
     * @throws PaddockException with the reason and the server's last log lines; nothing of the server is left then
     */
    EngineServer start(ServerSpec spec);

    /** Like {@link #start}, apart from the other servers, so that it can be {@linkplain EngineServer#detach detached}. */
    EngineServer startApart(ServerSpec spec);

    /**
     * The standing server that a {@linkplain EngineServer#detach handle} describes.
     *
     * @throws PaddockException if it doesn't run any more
     */
    EngineServer attach(Map<String, String> handle);

    /**
     * How a standing server ended that doesn't run any more, as far as anything is left that tells of it.
     *
     * @param note the file that it was {@linkplain EngineServer#detach detached} with
     * @param started when it was
     */
    ServerEnd end(Map<String, String> handle, Path note, Instant started);

    /** Removes what is left of a standing server that has ended; data on disk stays. Silent if nothing is. */
    void bury(Map<String, String> handle);

    /** Whether the server that a handle describes runs. Never mistakes a stranger's process for it. */
    boolean isRunning(Map<String, String> handle);

    SnapshotStore snapshots();

    /**
     * Removes from the cache what is damaged and can be made again. What is the user's stays.
     *
     * @return what was removed, a line for each
     */
    default List<String> repair() {
        return snapshots().repair().stream()
                .map(each -> "removed the snapshot " + each.label() + ": " + each.reason())
                .toList();
    }

    /**
     * Makes a snapshot of the data that a stopped server left in a folder of the user's.
     *
     * @throws PaddockException if a server runs on it, or it holds none
     */
    Snapshot freeze(Path folder, Label label);

    /**
     * Makes a snapshot of data that was there before Paddock, which is only read. What was not shut down in order is recovered on the copy.
     *
     * @param spec which image or version, and whose the snapshot's user and database are; the rest of it is of no account
     * @throws PaddockException if a server works on it that can't be asked for its data, or no server can be started on a copy
     * @throws InvalidSpecException if this engine adopts nothing
     */
    default Snapshot adopt(ExistingData source, ServerSpec spec, String name) {
        throw new InvalidSpecException(
                "the engine " + name() + " makes no clones of data that was there before",
                Hint.naming("choose {}", Term.DOCKER));
    }

    /** The snapshot that a server of this spec is a clone of; made if it is an empty one that nobody has needed yet. */
    Snapshot origin(ServerSpec spec);

    /**
     * A snapshot like this one, but with many copies of its {@linkplain dev.paddock.snapshot.Manifest#database() database}
     * beside it, which take up no storage and cost a clone nothing until they are used.
     *
     * @param servers how its clones are to be run
     * @return made once and kept; empty if such clones would have to copy each of them
     */
    Optional<Snapshot> multiplied(Snapshot template, ServerSpec servers);

    /**
     * Makes a network for a server and services beside it.
     *
     * @param standing whether it may be detached
     * @param ttl how long its services may live at most
     * @throws InvalidSpecException if this engine runs no services
     */
    default EngineStack openStack(boolean standing, Optional<Duration> ttl) {
        throw new InvalidSpecException(
                "the engine " + name() + " runs PostgreSQL alone, and no services beside it",
                Hint.naming("choose {}, or leave out the services", Term.DOCKER));
    }

    /** The services of a standing stack, whether they run or not, in the order of their names; none if nothing is left of it. */
    default List<EngineService> services(String stack) {
        return List.of();
    }

    /** Ends what is left of a standing stack, its server included; silent if nothing is. */
    default void endStack(String id) {}

    /** What this engine can do on this machine, and why not what it can't. */
    Diagnosis diagnose();

    @Override
    void close();
}
