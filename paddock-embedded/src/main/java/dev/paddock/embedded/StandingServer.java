package dev.paddock.embedded;

import dev.paddock.embedded.supervision.Processes;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.time.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server that no process owns any more. */
final class StandingServer implements LocalServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration TO_KILL = Duration.ofSeconds(5);
    private static final int LAST_WORDS = 50;

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
    public boolean isExpired() {
        return false;
    }

    @Override
    public void detach(Path note) {}

    @Override
    public void discard() {
        close();
    }

    /**
     * Asks the supervisor to end, which shuts down what is on disk in order, and waits for it. What has been stopped goes on, and what
     * doesn't end in time is killed: what is on disk is recovered at the next start.
     */
    @Override
    public void close() {
        ProcessStamp supervisor = whereabouts.supervisor();
        Optional<DiskFolder> disk = whereabouts.disk().map(DiskFolder::new);
        boolean ran = whereabouts.postmaster().isAlive();
        // A record is no proof of what a process is. What a supervisor has started is below it.
        List<ProcessHandle> family = Supervisor.is(supervisor) ? Processes.familyOf(supervisor.pid()) : List.of();
        if (supervisor.isAlive() && family.isEmpty()) {
            throw new PaddockException(
                    "the process " + supervisor.pid()
                            + " was recorded as the server's supervisor, and it is none of yours",
                    "see what it is with: ps -fp " + supervisor.pid());
        }
        family.stream().limit(1).forEach(ProcessHandle::destroy);
        if (!hasEnded(AGAIN)) {
            Processes.resume(family.stream().map(ProcessHandle::pid).toList());
        }
        if (!hasEnded(PATIENCE)) {
            family.forEach(ProcessHandle::destroyForcibly);
            if (!hasEnded(TO_KILL)) {
                throw new PaddockException(
                        "the server's supervising process " + supervisor.pid() + " can't be ended",
                        "look at what it waits for: cat /proc/" + supervisor.pid() + "/stack");
            }
        }
        List<String> lastWords = log().lastLines(LAST_WORDS);
        disk.ifPresent(folder -> folder.release(supervisor));
        disk.filter(folder -> ran).ifPresent(folder -> folder.requireShutDown(lastWords));
    }

    private boolean hasEnded(Duration patience) {
        return Deadline.in(patience)
                .await(() -> !whereabouts.supervisor().isAlive()
                        && !whereabouts.postmaster().isAlive());
    }
}
