package dev.paddock.docker.server;

import dev.paddock.closing.Closer;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.ContainerLog;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Networks;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.ByteSize;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server that no process owns any more. */
public final class StandingServer implements ContainerServer {
    private static final Duration TO_SHUT_DOWN = Duration.ofMinutes(1);
    private static final int LAST_WORDS = 50;

    private final Place place;
    private final Containers containers;
    private final Freezer freezer;

    public StandingServer(Place place, Containers containers, Freezer freezer) {
        this.place = place;
        this.containers = containers;
        this.freezer = freezer;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public boolean isAlive() {
        return containers.isRunning(place.container());
    }

    @Override
    public ContainerLog log() {
        return new ContainerLog(containers.client(), place.container());
    }

    @Override
    public ByteSize storageLeft() {
        return Room.of(containers, place);
    }

    @Override
    public List<String> lastLogLines(int most) {
        return log().lastLines(most);
    }

    @Override
    public Snapshot freeze(Label label) {
        return freezer.freeze(place, label);
    }

    @Override
    public Snapshot shutDown(Label label) {
        throw new UnsupportedOperationException("only its own process may end a server this way");
    }

    @Override
    public boolean isContinued() {
        return false;
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
        place.disk().ifPresent(DiskFolder::discard);
    }

    @Override
    public void close() {
        Closer closer = new Closer();
        closer.add(place.own()::delete);
        place.network()
                .ifPresent(name -> closer.add(() -> Networks.leave(containers.client(), containers.ours(), name)));
        place.disk().ifPresent(folder -> closer.add(() -> folder.release(ProcessStamp.ofSelf())));
        closer.add(() -> {
            Container.remove(containers.client(), place.container());
            containers.awaitGone(place.container());
        });
        closer.add(this::shutDown);
        closer.close();
    }

    /** What is in memory, or in a layer, goes with the container. */
    private void shutDown() {
        if (place.disk().isPresent() || place.volume().isPresent()) {
            boolean ran = isAlive();
            containers.stop(place.container(), TO_SHUT_DOWN);
            place.disk().filter(folder -> ran).ifPresent(folder -> folder.requireShutDown(lastLogLines(LAST_WORDS)));
        }
    }
}
