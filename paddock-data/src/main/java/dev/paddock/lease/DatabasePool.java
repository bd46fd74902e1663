package dev.paddock.lease;

import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.template.TemplateSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lends databases made like one template. Those who wait are served in the order in which they came; databases are prepared in the
 * background, as many as are used at the same time and one more. Thread-safe. Belongs to its {@code Paddock}, which closes it.
 */
public final class DatabasePool implements AutoCloseable {
    private final DatabasePools owner;
    private final Source source;
    /** Guarded by the owner, as is all that changes here: pools share one allowance of cells. */
    private final Deque<ReadyDatabase> ready = new ArrayDeque<>();

    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private final Set<Lease> lent = new LinkedHashSet<>();
    /** Given back, and not fit for the next holder yet. */
    private final Set<Lease> returning = new LinkedHashSet<>();

    private final Demand demand = new Demand();
    private int inPreparation;
    private boolean openAhead = true;
    private boolean closed;
    private @Nullable Lease shared;

    DatabasePool(DatabasePools owner, TemplateSpec spec) {
        this.owner = owner;
        this.source = new Source(owner.servers(), spec);
    }

    boolean isOf(TemplateSpec spec) {
        return source.isOf(spec);
    }

    /** Somebody who waits for a database, since the moment {@code since}. */
    record Waiter(CompletableFuture<ReadyDatabase> future, long since) {}

    /** The snapshot of the template, built if nobody has needed it yet. */
    public Snapshot template() {
        return source.blueprint().template();
    }

    /**
     * A database of the holder's own. Waits while all are lent.
     *
     * @param holder who asks, for messages
     * @return closed by the holder
     * @throws PaddockException if the template can't be built, a server can't be started, or others have kept theirs for too long
     */
    public Lease lease(String holder) {
        source.blueprint();
        ReadyDatabase taken = take();
        Lease lease = new Lease(holder, taken, false, this::giveBack);
        synchronized (owner) {
            lent.add(lease);
        }
        return lease;
    }

    /**
     * A database shared with all who ask for it this way, which PostgreSQL lets nobody write to.
     *
     * @return closing it only ends the holder's own right
     */
    public Lease shared(String holder) {
        synchronized (this) {
            if (shared == null || !shared.ready().cell().isAlive()) {
                source.blueprint();
                ReadyDatabase one = take();
                shared = new Lease("all who only read", one.asReadOnly(), true, this::giveBack);
            }
            Lease kept = shared;
            return new Lease(holder, kept.ready(), true, lease -> {});
        }
    }

    private ReadyDatabase take() {
        Optional<ReadyDatabase> atOnce = Optional.empty();
        CompletableFuture<ReadyDatabase> future = new CompletableFuture<>();
        synchronized (owner) {
            if (closed) {
                throw new PaddockException("this Paddock is closed");
            }
            demand.taken(waiters.size());
            while (waiters.isEmpty() && !ready.isEmpty() && atOnce.isEmpty()) {
                ReadyDatabase next = ready.remove();
                if (next.cell().isAlive()) {
                    atOnce = Optional.of(next);
                } else {
                    owner.discard(next);
                }
            }
            if (atOnce.isEmpty()) {
                demand.missed();
                waiters.add(new Waiter(future, System.nanoTime()));
            }
            owner.balance();
        }
        return atOnce.orElseGet(() -> awaitOrLeave(future));
    }

    private ReadyDatabase awaitOrLeave(CompletableFuture<ReadyDatabase> future) {
        try {
            return await(future);
        } catch (RuntimeException failure) {
            synchronized (owner) {
                demand.returned();
            }
            throw failure;
        }
    }

    private ReadyDatabase await(CompletableFuture<ReadyDatabase> future) {
        Duration patience = owner.settings().patience();
        try {
            while (true) {
                try {
                    return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException stillNone) {
                    // A server that is being started has a time limit of its own.
                    if (owner.isExhausted()) {
                        throw exhausted(future, patience);
                    }
                }
            }
        } catch (ExecutionException failed) {
            // Each who waited gets an exception of its own, with its own stack.
            throw PaddockException.again(failed.getCause());
        } catch (InterruptedException interrupted) {
            abandon(future);
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while waiting for a database", interrupted);
        }
    }

    private PaddockException exhausted(CompletableFuture<ReadyDatabase> future, Duration patience) {
        abandon(future);
        return new PaddockException(
                "no database came free within " + patience.toMillis() + " ms; those lent are held by "
                        + String.join(", ", owner.holders()),
                "give databases back sooner, or allow more than "
                        + owner.settings().most() + " at a time with the setting paddock.databases.max");
    }

    /** Whoever gives up may be handed a database at that very moment. */
    private void abandon(CompletableFuture<ReadyDatabase> future) {
        synchronized (owner) {
            waiters.removeIf(waiter -> waiter.future() == future);
            if (!future.cancel(false) && !future.isCompletedExceptionally()) {
                offer(future.join());
            }
        }
    }

    private void giveBack(Lease lease) {
        ReadyDatabase used = lease.ready();
        used.source().close();
        synchronized (owner) {
            lent.remove(lease);
            demand.returned();
            if (closed) {
                return;
            }
            openAhead = used.source().wasUsed();
            inPreparation++;
            returning.add(lease);
        }
        owner.inBackground(() -> recycle(lease));
    }

    /** Makes the cell of a returned database fit for the next holder, or replaces it. */
    private void recycle(Lease lease) {
        ReadyDatabase used = lease.ready();
        boolean fit = false;
        try {
            List<Leak> leaks = new ArrayList<>(used.source().closeLeftOvers());
            if (used.cell().isAlive()) {
                leaks.addAll(used.cell().closeConnections(used.connection()));
                used.cell().retire(used.connection(), used.way());
                List<String> changes = used.cell().changes();
                if (!changes.isEmpty()) {
                    owner.settings().listener().serverChanged(lease.holder(), changes);
                }
                fit = changes.isEmpty() && used.cell().hasRoom();
            }
            if (!leaks.isEmpty()) {
                owner.settings().listener().connectionsLeft(lease.holder(), leaks);
            }
        } catch (PaddockException spoilt) {
            // Whatever its holder did to the server: another takes its place.
            fit = false;
        } finally {
            synchronized (owner) {
                returning.remove(lease);
            }
        }
        prepare(used.cell(), fit);
    }

    private void prepare(Cell cell, boolean fit) {
        boolean ahead;
        synchronized (owner) {
            boolean wanted = !closed && (!waiters.isEmpty() || demand.wants(all()));
            ahead = openAhead && waiters.isEmpty();
            if (!fit || !wanted || !cell.hasNext(source.costs().way())) {
                inPreparation--;
                owner.discard(cell);
                owner.balance();
                return;
            }
        }
        try {
            ReadyDatabase next = source.next(cell, ahead, owner.settings().statements());
            synchronized (owner) {
                inPreparation--;
                offer(next);
            }
        } catch (PaddockException spoilt) {
            synchronized (owner) {
                inPreparation--;
                owner.discard(cell);
                owner.balance();
            }
        }
    }

    private void offer(ReadyDatabase database) {
        Waiter first = waiters.poll();
        if (closed) {
            owner.discard(database);
        } else if (first != null) {
            first.future().complete(database);
        } else {
            ready.add(database);
        }
        owner.balance();
    }

    /**
     * How many cells more it could use; called by the owner, which is locked. While anybody waits no others are begun: they would take
     * their time from the one that is waited for.
     */
    int shortage() {
        if (closed) {
            return 0;
        }
        if (!waiters.isEmpty()) {
            return waiters.size() - inPreparation;
        }
        return owner.settings().ahead() ? demand.spare(all()) : 0;
    }

    private int all() {
        return demand.lent() + ready.size() + inPreparation;
    }

    /** Since when the first of those who wait does. */
    long waitingSince() {
        Waiter first = waiters.peek();
        return first == null ? Long.MAX_VALUE : first.since();
    }

    /** Gives up a cell that nobody uses, for a pool that needs one more; called by the owner, which is locked. */
    Optional<ReadyDatabase> giveUpOne() {
        return waiters.isEmpty() ? Optional.ofNullable(ready.pollLast()) : Optional.empty();
    }

    /** Begins to start a cell; called by the owner, which is locked and has allowed it. */
    void startOne() {
        inPreparation++;
        owner.inBackground(() -> {
            try {
                ReadyDatabase first = source.first(
                        () -> {
                            synchronized (owner) {
                                return openAhead && waiters.isEmpty();
                            }
                        },
                        owner.settings().statements());
                synchronized (owner) {
                    inPreparation--;
                    offer(first);
                }
            } catch (RuntimeException failure) {
                synchronized (owner) {
                    inPreparation--;
                    owner.gone();
                    // For the others it is tried again: each is to hear of a failure of its own.
                    Waiter first = waiters.poll();
                    if (first != null) {
                        first.future().completeExceptionally(failure);
                        owner.balance();
                    }
                }
            }
        });
    }

    /** How many wait for a database right now. */
    public int waiting() {
        synchronized (owner) {
            return waiters.size();
        }
    }

    /** Who has one now, or has just given it back; called by the owner, which is locked. */
    List<String> holders() {
        List<String> holders = new ArrayList<>();
        lent.forEach(lease -> holders.add(lease.holder()));
        returning.forEach(lease -> holders.add(lease.holder() + " (given back, and being made fit for the next)"));
        if (shared != null) {
            holders.add(shared.holder());
        }
        return holders;
    }

    /** Ends all its leases. Idempotent. */
    @Override
    public void close() {
        synchronized (owner) {
            if (closed) {
                return;
            }
            closed = true;
            List<ReadyDatabase> all = new ArrayList<>(ready);
            lent.forEach(each -> all.add(each.ready()));
            if (shared != null) {
                all.add(shared.ready());
            }
            ready.clear();
            lent.clear();
            all.forEach(owner::discard);
            PaddockException over = new PaddockException("this Paddock is closed");
            waiters.forEach(waiter -> waiter.future().completeExceptionally(over));
            waiters.clear();
        }
    }
}
