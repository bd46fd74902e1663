package dev.paddock.embedded;

import dev.paddock.closing.Closer;
import dev.paddock.embedded.storage.Session;
import dev.paddock.embedded.supervision.Job;
import dev.paddock.server.DataWorkers;
import dev.paddock.server.DiskFolder;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that this process owns. */
final class EmbeddedServer implements LocalServer {
    private static final Duration TO_SHUT_DOWN = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(10);
    /** The exit code that says that somebody killed it, who may have left its children. */
    private static final int KILLED = 128 + 9;

    private final Whereabouts whereabouts;
    private final Session session;
    private final Job job;
    private final boolean continued;
    private final Freezer freezer;
    private final Closer closer = new Closer();
    private final AtomicBoolean detached = new AtomicBoolean();
    private volatile List<String> lastWords = List.of();

    /** @param apart whether the session is this server's alone, and ends with it */
    EmbeddedServer(
            Whereabouts whereabouts, Session session, Job job, boolean continued, boolean apart, Freezer freezer) {
        this.whereabouts = whereabouts;
        this.session = session;
        this.job = job;
        this.continued = continued;
        this.freezer = freezer;
        if (apart) {
            closer.add(session::close);
        }
        whereabouts.disk().ifPresent(folder -> closer.add(() -> release(new DiskFolder(folder))));
        closer.add(() -> session.supervisor().forget(job));
        closer.add(() -> lastWords = log().lastLines(50));
        closer.add(this::end);
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
            return freezer.conclude(whereabouts, () -> session.supervisor().stop(job, "INT", TO_SHUT_DOWN), label);
        } finally {
            close();
        }
    }

    @Override
    public boolean isExpired() {
        return job.isExpired();
    }

    @Override
    public void detach(Path note) {
        session.supervisor().detach(note);
        detached.set(true);
    }

    @Override
    public void discard() {
        Closer closer = new Closer();
        if (!continued) {
            whereabouts.disk().ifPresent(folder -> closer.add(new DiskFolder(folder)::discard));
        }
        closer.add(this::close);
        closer.close();
    }

    @Override
    public void close() {
        if (!detached.get()) {
            closer.close();
        }
    }

    private void end() {
        // In memory there is nothing to save: an immediate shutdown is the quickest. On disk everything is.
        boolean lasts = whereabouts.disk().isPresent();
        int code = session.supervisor().stop(job, lasts ? "INT" : "QUIT", lasts ? TO_SHUT_DOWN : TO_END);
        if (code == KILLED && !lasts) {
            new DataWorkers(whereabouts.data()).kill();
        }
    }

    private void release(DiskFolder folder) {
        if (!job.isRunning()) {
            folder.release();
        }
    }
}
