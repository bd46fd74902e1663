package dev.paddock.embedded;

import dev.paddock.closing.Closer;
import dev.paddock.embedded.storage.Session;
import dev.paddock.embedded.supervision.Job;
import dev.paddock.home.ProcessStamp;
import dev.paddock.postgres.DataWorkers;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that this process owns. */
final class EmbeddedServer implements LocalServer {
    private static final Duration TO_SHUT_DOWN = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(10);
    /** The exit code that says that somebody killed it, who may have left its children. */
    private static final int KILLED = 128 + 9;

    private static final int LAST_WORDS = 50;

    private final Whereabouts whereabouts;
    private final Session session;
    private final Job job;
    private final Optional<DiskFolder> disk;
    private final boolean continued;
    private final Freezer freezer;
    private final StandingSupervisors standing;
    private final Closer closer = new Closer();
    private final AtomicBoolean detached = new AtomicBoolean();
    private volatile List<String> lastWords = List.of();

    /** @param apart whether the session is this server's alone, and ends with it */
    EmbeddedServer(
            Whereabouts whereabouts,
            Session session,
            Job job,
            boolean continued,
            boolean apart,
            Freezer freezer,
            StandingSupervisors standing) {
        this.whereabouts = whereabouts;
        this.session = session;
        this.job = job;
        this.disk = whereabouts.disk().map(DiskFolder::new);
        this.continued = continued;
        this.freezer = freezer;
        this.standing = standing;
        if (apart) {
            closer.add(session::close);
        }
        disk.ifPresent(folder -> closer.add(() -> release(folder)));
        closer.add(() -> session.supervisor().forget(job));
        closer.add(() -> lastWords = log().lastLines(LAST_WORDS));
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
        ProcessStamp supervisor = session.supervisor().stamp();
        session.supervisor().detach(standing.sign(supervisor, whereabouts.originFolder()), note);
        detached.set(true);
    }

    @Override
    public void discard() {
        Closer closer = new Closer();
        if (!continued) {
            disk.ifPresent(folder -> closer.add(folder::discard));
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
        if (disk.isPresent()) {
            // The supervisor may not have heard yet of one that was killed, which isn't this shut-down's doing.
            boolean ran = whereabouts.postmaster().isAlive();
            session.supervisor().stop(job, "INT", TO_SHUT_DOWN);
            if (ran) {
                disk.get().requireShutDown(log().lastLines(LAST_WORDS));
            }
        } else if (session.supervisor().stop(job, "QUIT", TO_END) == KILLED) {
            new DataWorkers(whereabouts.data()).kill();
        }
    }

    private void release(DiskFolder folder) {
        if (!job.isRunning()) {
            folder.release(session.supervisor().stamp());
        }
    }
}
