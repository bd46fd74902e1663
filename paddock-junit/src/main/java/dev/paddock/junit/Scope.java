package dev.paddock.junit;

import dev.paddock.model.PaddockException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What one test, or one class, has: each database once, whoever of them asks. Thread-safe. JUnit closes it with the test's store, when
 * all that could fail has run; so it is here that a failed test's evidence is gathered, while its databases are still there.
 */
final class Scope implements CloseableResource, AutoCloseable {
    private final TestRun run;
    private final ExtensionContext context;
    private final Map<Request, Holding> holdings = new LinkedHashMap<>();
    private final Deque<AutoCloseable> connections = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Scope(TestRun run, ExtensionContext context) {
        this.run = run;
        this.context = context;
    }

    static Scope of(ExtensionContext context) {
        // By its id, for a store looks into those of its parents too.
        return context.getStore(TestRun.NAMESPACE)
                .getOrComputeIfAbsent(
                        context.getUniqueId(), id -> new Scope(TestRun.of(context), context), Scope.class);
    }

    /** Of a test that is being constructed, and has no context of its own yet. */
    static Scope ofUnborn(ExtensionContext context) {
        TestRun run = TestRun.of(context);
        return run.unborn().computeIfAbsent(Thread.currentThread(), thread -> new Scope(run, context));
    }

    /** Ends what a test got that was never born, because its constructor failed. */
    static void endUnborn(ExtensionContext context) {
        Scope left = TestRun.of(context).unborn().remove(Thread.currentThread());
        if (left != null) {
            left.close();
        }
    }

    /** Takes over what the test's constructor was given on this thread. */
    synchronized void adoptUnborn() {
        Scope unborn = run.unborn().remove(Thread.currentThread());
        if (unborn != null) {
            holdings.putAll(unborn.holdings);
            connections.addAll(unborn.connections);
        }
    }

    synchronized Holding get(Request request) {
        Holding existing = holdings.get(request);
        if (existing == null) {
            existing = run.get(
                    request,
                    TestNames.of(context).toString(),
                    context.getRequiredTestClass().getClassLoader());
            holdings.put(request, existing);
        }
        return existing;
    }

    /** A connection of the asker's own, closed with this scope. */
    synchronized Connection connect(Holding holding) {
        try {
            Connection connection = holding.database().dataSource().getConnection();
            connections.push(connection);
            return connection;
        } catch (SQLException failure) {
            throw new PaddockException(
                    "can't connect to " + holding.database().jdbcUrl() + ": " + failure.getMessage(), failure);
        }
    }

    /** What a test could have used that begins in this context: of its own, and of the classes that it is in. */
    static Map<Request, Holding> visibleFrom(ExtensionContext context) {
        Map<Request, Holding> visible = new LinkedHashMap<>();
        for (Optional<ExtensionContext> next = Optional.of(context);
                next.isPresent();
                next = next.get().getParent()) {
            Scope scope = next.get().getStore(TestRun.NAMESPACE).get(next.get().getUniqueId(), Scope.class);
            if (scope != null) {
                scope.holdings().forEach(visible::putIfAbsent);
            }
        }
        return visible;
    }

    private synchronized Map<Request, Holding> holdings() {
        return new LinkedHashMap<>(holdings);
    }

    private void reportFailure(Throwable failure) {
        // Its own store may not be asked any more.
        Map<Request, Holding> visible = holdings();
        context.getParent().map(Scope::visibleFrom).ifPresent(outer -> outer.forEach(visible::putIfAbsent));
        run.reportFailure(context, failure, visible);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        context.getExecutionException().ifPresent(this::reportFailure);
        List<AutoCloseable> open;
        synchronized (this) {
            open = new ArrayList<>(connections);
            open.addAll(holdings.values());
            connections.clear();
            holdings.clear();
        }
        RuntimeException first = null;
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (SQLException goneAlready) {
                // The test may have ended the connection, or the server.
            } catch (Exception failure) {
                if (first == null) {
                    first = new PaddockException("can't end what " + TestNames.of(context) + " had", failure);
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
