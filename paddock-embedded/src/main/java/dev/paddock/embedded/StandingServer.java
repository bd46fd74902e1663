package dev.paddock.embedded;

import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.server.DiskFolder;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.time.Deadline;
import java.time.Duration;
import java.util.List;

/** A server that no process owns any more. */
final class StandingServer implements LocalServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Whereabouts whereabouts;
    private final Freezer freezer;

    StandingServer(Whereabouts whereabouts, Freezer freezer) {
        this.whereabouts = whereabouts;
        this.freezer = freezer;
    }

    @Override
    public Whereabouts whereabouts() {
        return whereabouts;
    }

    @Override
    public boolean isAlive() {
        return whereabouts.isAlive();
    }

    @Override
    public boolean isContinued() {
        return true;
    }

    @Override
    public List<String> lastLogLines(int most) {
        return log().lastLines(most);
    }

    @Override
    public Snapshot freeze(Label label) {
        return freezer.freeze(whereabouts, label);
    }

    @Override
    public Snapshot shutDown(Label label) {
        throw new UnsupportedOperationException("only its own process may end a server this way");
    }

    @Override
    public void detach() {}

    @Override
    public void discard() {
        close();
    }

    /** Asks the supervisor to end, which shuts down what is on disk in order, and waits for it. */
    @Override
    public void close() {
        ProcessStamp supervisor = whereabouts.supervisor();
        // A record is no proof of what a process is.
        if (Supervisor.is(supervisor)) {
            ProcessHandle.of(supervisor.pid()).ifPresent(ProcessHandle::destroy);
        }
        if (!Deadline.in(PATIENCE)
                .await(() -> !supervisor.isAlive() && !whereabouts.postmaster().isAlive())) {
            throw new PaddockException(
                    "the server's supervising process " + supervisor.pid() + " doesn't end",
                    "look at what its server does, then end it with: kill -9 " + supervisor.pid());
        }
        whereabouts.disk().ifPresent(folder -> new DiskFolder(folder).release());
    }
}
