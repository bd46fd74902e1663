package dev.paddock.docker;

import dev.paddock.engine.FileLog;
import dev.paddock.engine.ServerLog;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server whose container lives and dies with this process. */
final class OwnedServer implements ContainerServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Place place;
    private final Container container;
    private final Freezer freezer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean detached;
    private volatile List<String> lastWords = List.of();

    OwnedServer(ServerStart.Started started, Freezer freezer) {
        this.place = started.place();
        this.container = started.container();
        this.freezer = freezer;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public boolean isAlive() {
        return container.isRunning() && !closed.get();
    }

    @Override
    public ServerLog log() {
        return new FileLog(place.own().file("log"));
    }

    @Override
    public List<String> lastLogLines(int most) {
        List<String> lines = new FileLog(place.own().file("log")).lastLines(most);
        return lines.isEmpty() ? lastWords : lines;
    }

    @Override
    public Snapshot freeze(Label label) {
        return freezer.freeze(place, label);
    }

    @Override
    public Snapshot shutDown(Label label) {
        try {
            return freezer.conclude(place, label);
        } finally {
            close();
        }
    }

    @Override
    public void detach() {
        container.detach();
        detached = true;
    }

    @Override
    public void close() {
        if (detached || !closed.compareAndSet(false, true)) {
            return;
        }
        container.end(PATIENCE);
        lastWords = new FileLog(place.own().file("log")).lastLines(50);
        place.own().delete();
    }
}
