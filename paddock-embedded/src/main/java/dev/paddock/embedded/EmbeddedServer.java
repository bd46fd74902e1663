package dev.paddock.embedded;

import dev.paddock.embedded.storage.Session;
import dev.paddock.embedded.supervision.Job;
import dev.paddock.server.DiskFolder;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that this process owns. */
final class EmbeddedServer implements LocalServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Whereabouts whereabouts;
    private final Session session;
    private final Job job;
    private final boolean continued;
    private final boolean apart;
    private final Freezer freezer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean detached = new AtomicBoolean();
    private volatile List<String> lastWords = List.of();

    /** @param apart whether the session is this server's alone, and ends with it */
    EmbeddedServer(
            Whereabouts whereabouts, Session session, Job job, boolean continued, boolean apart, Freezer freezer) {
        this.whereabouts = whereabouts;
        this.session = session;
        this.job = job;
        this.continued = continued;
        this.apart = apart;
        this.freezer = freezer;
    }

    @Override
    public Whereabouts whereabouts() {
        return whereabouts;
    }

    @Override
    public boolean isAlive() {
        return job.isRunning();
    }

    @Override
    public boolean isContinued() {
        return continued;
    }

    @Override
    public List<String> lastLogLines(int most) {
        List<String> lines = log().lastLines(most);
        return lines.isEmpty() ? lastWords : lines;
    }

    @Override
    public Snapshot freeze(Label label) {
        return freezer.freeze(whereabouts, label);
    }

    @Override
    public Snapshot shutDown(Label label) {
        try {
            return freezer.conclude(whereabouts, () -> session.supervisor().stop(job, "INT", PATIENCE), label);
        } finally {
            close();
        }
    }

    @Override
    public void detach() {
        session.supervisor().detach();
        detached.set(true);
    }

    @Override
    public void discard() {
        close();
        if (!continued) {
            whereabouts.disk().ifPresent(folder -> new DiskFolder(folder).discard());
        }
    }

    @Override
    public void close() {
        if (detached.get() || !closed.compareAndSet(false, true)) {
            return;
        }
        // In memory there is nothing to save: an immediate shutdown is the quickest. On disk everything is.
        session.supervisor().stop(job, whereabouts.disk().isPresent() ? "INT" : "QUIT", PATIENCE);
        lastWords = log().lastLines(50);
        session.supervisor().forget(job);
        whereabouts.disk().ifPresent(folder -> new DiskFolder(folder).release());
        if (apart) {
            session.close();
        }
    }
}
