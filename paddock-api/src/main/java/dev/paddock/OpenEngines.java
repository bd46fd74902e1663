package dev.paddock;

import dev.paddock.closing.Closer;
import dev.paddock.engine.Engine;
import dev.paddock.engine.Engines;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerEnd;
import dev.paddock.registry.ServerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The engine of one {@code Paddock}, and those that run the standing servers of others: each is opened when the first of its servers
 * is asked for, and closed with this object. Thread-safe.
 */
final class OpenEngines implements AutoCloseable {
    private final Engine own;
    private final PaddockHome home;
    private final Progress progress;
    private final List<Engine> others = new ArrayList<>();
    private final Closer closer = new Closer();
    private boolean closed;

    OpenEngines(Engine own, PaddockHome home, Progress progress) {
        this.own = own;
        this.home = home;
        this.progress = progress;
        closer.add(own::close);
    }

    /** @throws PaddockException if that engine isn't on the class path */
    Engine of(ServerRecord server) {
        return server.engine().equals(own.name()) ? own : other(server.engine());
    }

    private synchronized Engine other(String name) {
        if (closed) {
            throw new PaddockException("this Paddock is closed");
        }
        for (Engine each : others) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        Engine opened = Engines.open(name, home, progress);
        others.add(opened);
        closer.add(opened::close);
        return opened;
    }

    /**
     * How a server ended, if it doesn't run.
     *
     * @param note where it was to tell
     * @throws PaddockException if its engine can't be asked now
     */
    Optional<ServerEnd> end(ServerRecord server, Path note) {
        Engine engine = of(server);
        return engine.isRunning(server.handle())
                ? Optional.empty()
                : Optional.of(engine.end(server.handle(), note, server.started()));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        closer.close();
    }
}
