package dev.paddock.docker.server;

import dev.paddock.closing.Closer;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Networks;
import dev.paddock.docker.data.Residence;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.ByteSize;
import dev.paddock.snapshot.Label;
import dev.paddock.snapshot.Snapshot;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server whose container lives and dies with this process. */
public final class OwnedServer implements ContainerServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Data that is to last is written out first. */
    private static final Duration TO_SHUT_DOWN = Duration.ofMinutes(2);

    private static final int LAST_WORDS = 50;

    private final Place place;
    private final Container container;
    private final boolean holding;
    private final Containers containers;
    private final Freezer freezer;
    private final Residence residence;
    private final Optional<InetSocketAddress> near;
    private final Closer closer = new Closer();
    private volatile boolean closing;
    private volatile boolean detached;
    private volatile List<String> lastWords = List.of();

    /** @param near a way to it that is shorter than its host and port */
    public OwnedServer(
            ServerStart.Started started,
            Residence residence,
            Containers containers,
            Freezer freezer,
            Optional<InetSocketAddress> near) {
        this.near = near;
        this.containers = containers;
        this.residence = residence;
        this.place = started.place();
        this.container = started.container();
        this.holding = started.holding();
        this.freezer = freezer;
        closer.add(place.own()::delete);
        closer.add(() -> lastWords = place.own().log().lastLines(LAST_WORDS));
        place.network()
                .ifPresent(name -> closer.add(() -> Networks.leave(containers.client(), containers.ours(), name)));
        closer.add(residence::release);
        closer.add(this::end);
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public Optional<InetSocketAddress> near() {
        return near;
    }

    @Override
    public boolean isAlive() {
        return container.isRunning() && !closing;
    }

    @Override
    public boolean isContinued() {
        return residence.isContinued();
    }

    @Override
    public void complete() {
        residence.complete(place.container());
    }

    @Override
    public ByteSize storageLeft() {
        return Room.of(container, place);
    }

    @Override
    public ServerLog log() {
        return place.own().log();
    }

    @Override
    public List<String> lastLogLines(int most) {
        List<String> lines = place.own().log().lastLines(most);
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
    public void discard() {
        Closer all = new Closer();
        all.add(residence::discard);
        all.add(this::close);
        all.close();
    }

    /** The script that runs it says so, before it ends the server. */
    @Override
    public boolean isExpired() {
        return place.own().isExpired();
    }

    @Override
    public void detach(Path note) {
        container.detach();
        detached = true;
    }

    /** Whoever comes while another closes it waits for that: the engine's connection is needed until then. */
    @Override
    public void close() {
        if (!detached) {
            closing = true;
            closer.close();
        }
    }

    /** Whether there is nothing left to be waited for. */
    public boolean isOver() {
        return closing ? closer.isDone() : !container.isRunning();
    }

    private void end() {
        if (residence.isLasting()) {
            boolean ran = container.isRunning();
            container.endInOrder(TO_SHUT_DOWN);
            if (ran) {
                residence.requireShutDown(place.own().log().lastLines(LAST_WORDS));
            }
        } else {
            container.end(place::isOver, PATIENCE);
        }
        if (holding) {
            containers.awaitGone(place.container());
        }
    }
}
