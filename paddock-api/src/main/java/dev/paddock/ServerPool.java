package dev.paddock;

import dev.paddock.closing.Closer;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Servers that were started before anybody asked for them, all of one spec. Whoever takes one has it at once and to itself, and
 * another is started in the background. Those who must wait are served in the order in which they came. Thread-safe. Closed by
 * its caller or with its {@link Paddock}, whichever comes first; a server that was taken isn't the pool's any more.
 */
public final class ServerPool implements AutoCloseable {
    private static final int IDLE_SECONDS = 5;

    private final Supplier<PostgresServer> start;
    private final PoolSettings settings;
    private final ThreadPoolExecutor background;
    private final Deque<PostgresServer> ready = new ArrayDeque<>();
    private final Deque<CompletableFuture<PostgresServer>> waiters = new ArrayDeque<>();
    private int starting;
    private boolean closed;
    /** Why the last server for nobody yet couldn't be started, until somebody has been told. */
    private @Nullable Throwable untold;

    private ServerPool(Supplier<PostgresServer> start, PoolSettings settings) {
        this.start = start;
        this.settings = settings;
        this.background = new ThreadPoolExecutor(
                settings.starting(),
                settings.starting(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "paddock-servers");
                    thread.setDaemon(true);
                    return thread;
                });
        background.allowCoreThreadTimeOut(true);
    }

    /** One that begins to fill itself. */
    static ServerPool open(ServerSpec spec, Supplier<PostgresServer> start, PoolSettings settings) {
        requireManyPossible(spec);
        ServerPool pool = new ServerPool(start, settings);
        synchronized (pool) {
            pool.balance();
        }
        return pool;
    }

    private static void requireManyPossible(ServerSpec spec) {
        if (spec.port().isPresent()) {
            throw new InvalidSpecException(
                    "the servers of a pool can't all have port " + spec.port().getAsInt(), "leave the port out");
        }
        if (!(spec.storage() instanceof Storage.InMemory)) {
            throw new InvalidSpecException(
                    "the servers of a pool can't all keep their data in " + spec.storage(), "keep it in memory");
        }
        if (spec.ttl().isPresent()) {
            throw new InvalidSpecException(
                    "a server of a pool would use up its time to live while it waits to be taken",
                    "leave the time to live out, and close the server when it has served");
        }
    }

    /**
     * A server that nobody has used. At once if one is ready, else as soon as one is.
     *
     * @return closed by the caller, or with the {@link Paddock}
     * @throws PaddockException if none could be started, also if that happened before anybody asked: the next call tries again
     */
    public PostgresServer take() {
        CompletableFuture<PostgresServer> turn = new CompletableFuture<>();
        synchronized (this) {
            requireOpen();
            PostgresServer next = waiters.isEmpty() ? nextReady() : null;
            Throwable failure = untold;
            if (next != null) {
                turn.complete(next);
            } else if (failure != null && waiters.isEmpty()) {
                untold = null;
                turn.completeExceptionally(failure);
            } else {
                waiters.add(turn);
            }
            balance();
        }
        return await(turn);
    }

    /** How many are ready now. */
    public synchronized int ready() {
        return ready.size();
    }

    /** How many wait for one right now. */
    public synchronized int waiting() {
        return waiters.size();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    private static PaddockException closed() {
        return new PaddockException("this pool of servers is closed");
    }

    /** One that has survived the wait. */
    private @Nullable PostgresServer nextReady() {
        for (PostgresServer next = ready.poll(); next != null; next = ready.poll()) {
            if (next.isAlive()) {
                return next;
            }
            PostgresServer dead = next;
            background.execute(() -> bury(dead));
        }
        return null;
    }

    private static void bury(PostgresServer dead) {
        try {
            dead.close();
        } catch (PaddockException nothingLeftToClose) {
            // Whoever asked has another by now, or will hear why there is none.
        }
    }

    /**
     * Starts servers where they are missing: first for those who wait, and none for nobody as long as anyone does, for it would take
     * time from theirs. Called with the lock held.
     */
    private void balance() {
        int wanted = waiters.isEmpty() ? settings.ready() - ready.size() : waiters.size();
        while (!closed && starting < Math.min(wanted, settings.starting())) {
            starting++;
            background.execute(this::startOne);
        }
    }

    private void startOne() {
        PostgresServer started;
        if (isClosed()) {
            return;
        }
        try {
            started = start.get();
        } catch (RuntimeException | Error failure) {
            fail(failure);
            return;
        }
        if (!offer(started)) {
            started.close();
        }
    }

    private synchronized void fail(Throwable failure) {
        starting--;
        CompletableFuture<PostgresServer> first = waiters.poll();
        if (first != null) {
            first.completeExceptionally(failure);
            balance();
        } else {
            // Not tried again until somebody asks: what fails once in the background would fail there for ever.
            untold = failure;
        }
    }

    /** Whether anybody can still have use for it. */
    private synchronized boolean offer(PostgresServer started) {
        starting--;
        if (closed) {
            return false;
        }
        untold = null;
        giveTo(waiters.poll(), started);
        balance();
        return true;
    }

    private void giveTo(@Nullable CompletableFuture<PostgresServer> waiter, PostgresServer server) {
        if (waiter == null) {
            ready.add(server);
        } else {
            waiter.complete(server);
        }
    }

    private PostgresServer await(CompletableFuture<PostgresServer> turn) {
        try {
            return turn.get();
        } catch (ExecutionException failed) {
            // Each who waited gets an exception of its own, with its own stack.
            throw PaddockException.again(failed.getCause());
        } catch (InterruptedException interrupted) {
            abandon(turn);
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while waiting for a server", interrupted);
        }
    }

    /** Whoever gives up may be given a server at that very moment. */
    private void abandon(CompletableFuture<PostgresServer> turn) {
        PostgresServer unwanted = null;
        synchronized (this) {
            waiters.removeIf(waiter -> waiter == turn);
            if (!turn.cancel(false) && !turn.isCompletedExceptionally()) {
                unwanted = turn.join();
                if (!closed) {
                    giveTo(waiters.poll(), unwanted);
                    unwanted = null;
                }
            }
        }
        if (unwanted != null) {
            unwanted.close();
        }
    }

    /** Ends the servers that nobody has taken, and refuses whoever waits for one. Idempotent. */
    @Override
    public void close() {
        List<PostgresServer> unused;
        synchronized (this) {
            closed = true;
            unused = new ArrayList<>(ready);
            ready.clear();
            waiters.forEach(waiter -> waiter.completeExceptionally(closed()));
            waiters.clear();
        }
        background.shutdown();
        Closer.closeAll(unused.stream().<Runnable>map(each -> each::close).toList());
    }
}
