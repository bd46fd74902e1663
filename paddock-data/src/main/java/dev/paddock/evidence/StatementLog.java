package dev.paddock.evidence;

import dev.paddock.model.InvalidSpecException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;

/**
 * Remembers the last statements of the connections that it observes. Nothing is made into text before {@link #entries()} is called, so
 * a test that passes hardly pays for it. Holds no connection open and needs no closing. Thread-safe.
 */
public final class StatementLog {
    private final @Nullable Event[] ring;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final AtomicInteger connections = new AtomicInteger();
    private final Object lock = new Object();
    private long recorded;

    /**
     * @param capacity how many statements to remember; the oldest are dropped for new ones. With 0 nothing is observed
     * @throws InvalidSpecException if it is negative
     */
    public StatementLog(int capacity) {
        if (capacity < 0) {
            throw new InvalidSpecException(
                    "a log can't hold " + capacity + " statements", "say 0 to switch it off, or the number to keep");
        }
        this.ring = new Event[capacity];
    }

    /**
     * The same connection, with its statements, batches, commits and rollbacks remembered here. It can be cast and unwrapped to all
     * that a connection of the PostgreSQL driver can be; closing it closes the one given.
     */
    public Connection observe(Connection connection) {
        return ring.length == 0
                ? connection
                : ObservedConnection.of(connection, new Recorder(this, connections.incrementAndGet()));
    }

    /**
     * Loads what the first observed connection of a JVM needs, which takes about 30 ms, so that another thread can do it ahead. May be
     * called any number of times.
     */
    public static void warmUp() {
        Observed.load(BaseConnection.class);
        Observed.load(BaseStatement.class);
        Observed.load(PreparedStatement.class, BaseStatement.class);
    }

    /** What is remembered, oldest first. */
    public List<LoggedStatement> entries() {
        List<Event> events = new ArrayList<>();
        synchronized (lock) {
            for (long index = Math.max(0, recorded - ring.length); index < recorded; index++) {
                Event event = ring[(int) (index % ring.length)];
                if (event != null) {
                    events.add(event);
                }
            }
        }
        List<LoggedStatement> entries = new ArrayList<>(events.size());
        for (Event event : events) {
            Duration since = Duration.ofNanos(event.startedNanos() - startedNanos);
            entries.add(event.read(startedAt.plus(since)));
        }
        return Collections.unmodifiableList(entries);
    }

    /** How many statements were forgotten, because more were run than are remembered. */
    public long dropped() {
        synchronized (lock) {
            return Math.max(0, recorded - ring.length);
        }
    }

    void add(Event event) {
        synchronized (lock) {
            ring[(int) (recorded++ % ring.length)] = event;
        }
    }
}
