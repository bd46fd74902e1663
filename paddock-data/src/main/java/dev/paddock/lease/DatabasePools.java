package dev.paddock.lease;

import dev.paddock.closing.Closer;
import dev.paddock.engine.Engine;
import dev.paddock.model.PaddockException;
import dev.paddock.server.ServerStarter;
import dev.paddock.template.TemplateSpec;
import dev.paddock.template.Templates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The pools of one {@code Paddock}, which share an allowance of cells and the threads that prepare them. Its lock guards what changes in
 * them. Thread-safe; closed by the {@code Paddock}.
 */
public final class DatabasePools implements AutoCloseable {
    private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    private static final int IDLE_SECONDS = 5;

    private final Servers servers;
    private final LeaseSettings settings;
    /** Found by looking at each, for there are few, and the hash of a record costs a fresh JVM as much as a server. */
    private final List<DatabasePool> pools = new ArrayList<>();

    private final ThreadPoolExecutor background;
    private int cells;
    private boolean closed;

    public DatabasePools(Engine engine, Templates templates, ServerStarter starter, LeaseSettings settings) {
        this.servers = new Servers(engine, templates, starter);
        this.settings = settings;
        this.background = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "paddock-databases");
                    thread.setDaemon(true);
                    return thread;
                });
        background.allowCoreThreadTimeOut(true);
    }

    /** The pool of this template; the same one for an equal spec. */
    public synchronized DatabasePool get(TemplateSpec spec) {
        if (closed) {
            throw new PaddockException("this Paddock is closed");
        }
        for (DatabasePool pool : pools) {
            if (pool.isOf(spec)) {
                return pool;
            }
        }
        DatabasePool pool = new DatabasePool(this, spec);
        pools.add(pool);
        return pool;
    }

    Servers servers() {
        return servers;
    }

    LeaseSettings settings() {
        return settings;
    }

    void inBackground(Runnable work) {
        if (!background.isShutdown()) {
            background.execute(() -> {
                try {
                    work.run();
                } catch (PaddockException failure) {
                    requireOpenAfter(failure);
                }
            });
        }
    }

    /** What ends with the engine needn't be ended by itself, and perhaps can't be any more. */
    private synchronized void requireOpenAfter(PaddockException failure) {
        if (!closed) {
            throw failure;
        }
    }

    /** Starts cells where they are missing, for who has waited longest first. Called with the lock held. */
    void balance() {
        List<DatabasePool> order = new ArrayList<>(pools);
        if (order.size() > 1) {
            order.sort(Comparator.comparingLong(DatabasePool::waitingSince));
        }
        for (DatabasePool pool : order) {
            for (int missing = pool.shortage(); missing > 0; missing--) {
                boolean urgent = pool.waitingSince() != Long.MAX_VALUE;
                if (cells >= settings.most() && !(urgent && makeRoom())) {
                    break;
                }
                cells++;
                pool.startOne();
            }
        }
    }

    /** Takes a cell from a pool that doesn't need it now. */
    private boolean makeRoom() {
        for (DatabasePool pool : pools) {
            Optional<ReadyDatabase> idle = pool.giveUpOne();
            if (idle.isPresent()) {
                discard(idle.get());
                return true;
            }
        }
        return false;
    }

    /** Ends a cell in the background. Called with the lock held. */
    void discard(Cell cell) {
        gone();
        inBackground(() -> end(cell::close));
    }

    /** The same for one that has a database ready, or lent. */
    void discard(ReadyDatabase unused) {
        gone();
        inBackground(() -> end(unused::close));
    }

    private static void end(Runnable close) {
        try {
            close.run();
        } catch (PaddockException endedAlready) {
            // Killed by somebody, or with all others as the engine was closed.
        }
    }

    /** A cell is no more, or never came to be. Called with the lock held. */
    void gone() {
        cells--;
    }

    /** Whether all that may be lent is. */
    synchronized boolean isExhausted() {
        return holders().size() >= settings.most();
    }

    synchronized List<String> holders() {
        return pools.stream().flatMap(pool -> pool.holders().stream()).toList();
    }

    /** Ends all leases. The servers themselves end with the engine, which their {@code Paddock} closes next. Idempotent. */
    @Override
    public void close() {
        List<DatabasePool> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(pools);
        }
        Closer.closeAll(Stream.concat(
                        all.stream().<Runnable>map(pool -> pool::close), Stream.<Runnable>of(background::shutdown))
                .toList());
    }
}
