package dev.paddock.spring;

import dev.paddock.database.Database;
import dev.paddock.failure.FailedTest;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import dev.paddock.template.WrittenTemplate;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of an application context, as a bean: for tests that need its address, or a fresh one in their midst. Thread-safe. Started
 * when it is first asked for, and closed by the context that it belongs to, after all other beans.
 */
public final class ContextDatabase implements AutoCloseable {
    static final String BEAN = "paddockContextDatabase";

    private static final Logger LOG = LoggerFactory.getLogger(ContextDatabase.class);

    private final String engine;
    private final WrittenTemplate template;
    private final ClassLoader resources;
    private final boolean refreshed;
    private final ContextEvidence evidence;
    private final String holder;
    private final DataSource source = new SwitchingDataSource(this::database);
    private final Occupancy occupancy = new Occupancy();
    private @Nullable Tenancy tenancy;
    private boolean settled;
    private boolean touched;
    private boolean closed;

    ContextDatabase(
            String engine,
            WrittenTemplate template,
            ClassLoader resources,
            boolean refreshed,
            ContextEvidence evidence,
            String holder) {
        this.engine = engine;
        this.template = template;
        this.resources = resources;
        this.refreshed = refreshed;
        this.evidence = evidence;
        this.holder = holder;
    }

    /**
     * How to connect, until the next refresh: that leads to another database.
     *
     * @throws IllegalStateException with the reason if it can't be started
     */
    public synchronized Database database() {
        touched = true;
        return told(() -> tenancy().lease().database());
    }

    /** Opens connections to whichever database is the context's at that moment; the same as the bean. */
    public DataSource dataSource() {
        return source;
    }

    /**
     * Goes over to a database as it was when the context had started. Connections that are open still belong to the one before, and are
     * closed with it.
     *
     * @throws IllegalStateException with the reason if it can't be done, or {@link PaddockTest#refresh()} says never
     */
    public void refresh() {
        if (!refreshed) {
            throw new IllegalStateException(
                    "this context's database is never refreshed: leave out refresh = NEVER" + " of its @PaddockTest");
        }
        refresh(holder);
    }

    /** The password of a user of this name. Who isn't there yet is made, and may do all that {@link #database()}'s own user may. */
    synchronized String passwordOf(String user) {
        touched = true;
        return told(() -> tenancy().admit(user));
    }

    /** Whether a URL of JDBC's leads to the server that the database is in. */
    synchronized boolean isAt(String url) {
        if (tenancy == null) {
            return false;
        }
        Database current = tenancy.lease().database();
        return url.startsWith("jdbc:postgresql://" + current.host() + ":" + current.port() + "/");
    }

    Occupancy occupancy() {
        return occupancy;
    }

    /** To be called when the context has started and before a test has written anything; later calls do nothing. */
    synchronized void settle() {
        if (!settled) {
            told(() -> {
                tenancy().settle();
                settled = true;
                touched = false;
                return true;
            });
        }
    }

    synchronized void refresh(String newHolder) {
        told(() -> {
            tenancy().refresh(newHolder);
            touched = false;
            return true;
        });
    }

    /**
     * Tells what a failed test left, and keeps its database for a while.
     *
     * @param begun when the test did
     */
    synchronized void reportFailure(FailedTest test, Throwable failure, Instant begun) {
        Tenancy used = tenancy;
        if (used == null || !evidence.failed().isOn()) {
            return;
        }
        try (FailedTenancy failed = used.failed(begun)) {
            evidence.failed().report(test, failure, Map.of("database", failed));
        } catch (RuntimeException unable) {
            LOG.warn("what {} left can't be told", test, unable);
        }
    }

    /** Whether anybody has used the current one since it came, as far as can be seen. */
    synchronized boolean isTouched() {
        return touched;
    }

    private Tenancy tenancy() {
        if (closed) {
            throw new PaddockException("the context of this database is closed");
        }
        Tenancy known = tenancy;
        if (known == null) {
            known = Tenancy.begin(engine, template, resources, refreshed, evidence.statements(), holder);
            tenancy = known;
        }
        return known;
    }

    /** Spring prints messages of causes, and nobody would see a hint. */
    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (PaddockException failure) {
            String hint = failure.hint(Vocabulary.SPRING)
                    .map(text -> " (hint: " + text + ")")
                    .orElse("");
            throw new IllegalStateException(failure.getMessage() + hint, failure);
        }
    }

    /** Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (tenancy != null) {
            tenancy.close();
            tenancy = null;
        }
    }
}
