package dev.paddock.lease;

import dev.paddock.database.Database;
import dev.paddock.evidence.StatementLog;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The right to use a database until closed. Thread-safe. Whoever has it closes it, which returns at once: connections left open are
 * closed, and all that was done is forgotten, in the background.
 */
public final class Lease implements AutoCloseable {
    private static final int LOG_BYTES = 256 * 1024;

    private final String holder;
    private final ReadyDatabase ready;
    private final Database database;
    private final boolean readOnly;
    private final Consumer<Lease> giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(String holder, ReadyDatabase ready, boolean readOnly, Consumer<Lease> giveBack) {
        this.holder = holder;
        this.ready = ready;
        this.database = new Database(ready.connection(), ready.source());
        this.readOnly = readOnly;
        this.giveBack = giveBack;
    }

    /** To be used until this lease is closed. */
    public Database database() {
        return database;
    }

    /** Who asked for it. */
    public String holder() {
        return holder;
    }

    /** Whether it is shared with others, so that PostgreSQL refuses to write. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** The last statements of connections that its data source opened. */
    public StatementLog statements() {
        return ready.statements();
    }

    /** What its server has logged since it was lent, the last 256 kB of it; of a shared one since it was made. */
    public List<String> serverLog() {
        return ready.cell().server().log().lines(ready.log(), LOG_BYTES);
    }

    /** An untouched database like the template on the same server, to compare with; only to be read. */
    public Optional<Database> original() {
        return ready.cell().original(ready.connection()).map(Database::of);
    }

    /** A snapshot of its whole server as it is now, whose clones' clients connect to this database. */
    public Snapshot freeze() {
        return ready.cell().server().freeze(new Label(Kind.FROZEN, Optional.empty(), database.user(), database.name()));
    }

    ReadyDatabase ready() {
        return ready;
    }

    /** Returns the database. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.accept(this);
        }
    }
}
