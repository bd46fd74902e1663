package dev.paddock.docker.service;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.engine.EngineService;
import dev.paddock.engine.FileLog;
import dev.paddock.engine.ServerLog;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Readiness;
import dev.paddock.model.ServerEnd;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A service's container, from its start until its end. Thread-safe. */
final class RunningService implements EngineService {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LINES_SHOWN = 15;

    private final Containers containers;
    private final String name;
    private final boolean shell;
    private final Container container;
    private final OwnFolder own;
    private final FileLog log;
    private volatile Map<Integer, Integer> ports = Map.of();

    private RunningService(
            Containers containers, String name, boolean shell, Container container, OwnFolder own, FileLog log) {
        this.containers = containers;
        this.name = name;
        this.shell = shell;
        this.container = container;
        this.own = own;
        this.log = log;
    }

    /** Starts one without waiting for it; nothing is left of it if that fails. */
    static RunningService start(ServiceContainer what, CreateContainerCmd create) {
        FileLog log = new FileLog(what.own().file("log"));
        try {
            return new RunningService(
                    what.containers(),
                    what.spec().name(),
                    what.image().shell(),
                    Container.start(what.containers().client(), create, Files.newOutputStream(log.file())),
                    what.own(),
                    log);
        } catch (IOException failure) {
            throw new PaddockException("can't write " + log.file() + ": " + failure.getMessage(), failure);
        } catch (DockerException refused) {
            throw refusal(what, EngineFailure.reason(refused), refused);
        }
    }

    private static PaddockException refusal(ServiceContainer what, String reason, DockerException refused) {
        String name = what.spec().name();
        if (reason.contains("port is already allocated") || reason.contains("address already in use")) {
            return new PaddockException(
                    "a port that " + name + " is to be published on is in use: " + reason,
                    "choose another, or leave it out to have a free one: ports: [6379]",
                    refused);
        }
        if (reason.contains("executable file not found") || reason.contains("no such file or directory")) {
            return new PaddockException(
                    "the service " + name + " can't be started: " + reason,
                    "look at its command and entrypoint",
                    refused);
        }
        return new PaddockException("the engine can't start the service " + name + ": " + reason, refused);
    }

    /**
     * Waits until it is.
     *
     * @throws PaddockException with its last lines if it ends before, or takes too long
     */
    void awaitReady(Readiness readiness, Duration timeout) {
        ServiceProbe probe = new ServiceProbe(containers, container.id(), shell, log);
        boolean settled = Deadline.in(timeout).await(() -> !container.isRunning() || probe.isReady(readiness));
        if (!container.isRunning()) {
            throw new PaddockException("the service " + name + " ended before it was ready" + lastWords());
        }
        if (!settled) {
            throw new PaddockException(
                    "the service " + name + " is not ready after " + timeout.toSeconds() + " s: it is when " + readiness
                            + (probe.last().isEmpty() ? "" : "; the last look: " + probe.last()) + lastWords(),
                    "give it more time with start_timeout, or look at ready");
        }
        ports = published();
    }

    private String lastWords() {
        List<String> lines = lastLogLines(LINES_SHOWN);
        return lines.isEmpty() ? "; it said nothing" : "; the last it said is:\n  " + String.join("\n  ", lines);
    }

    private Map<Integer, Integer> published() {
        Map<Integer, Integer> found = new TreeMap<>();
        InspectContainerResponse facts =
                containers.client().inspectContainerCmd(container.id()).exec();
        Map<ExposedPort, Ports.Binding[]> bindings =
                facts.getNetworkSettings().getPorts().getBindings();
        bindings.forEach((inside, outside) -> {
            if (outside != null && outside.length > 0) {
                found.put(inside.getPort(), Integer.parseInt(outside[0].getHostPortSpec()));
            }
        });
        return found;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<Integer, Integer> ports() {
        return ports;
    }

    @Override
    public String identity() {
        return container.id().substring(0, 12);
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    @Override
    public Optional<ServerEnd> ended() {
        return isAlive()
                ? Optional.empty()
                : Optional.of(new ServerEnd(Optional.empty(), "has ended", lastLogLines(LINES_SHOWN)));
    }

    @Override
    public ServerLog log() {
        return log;
    }

    @Override
    public List<String> lastLogLines(int most) {
        return log.lastLines(most);
    }

    String id() {
        return container.id();
    }

    boolean awaitEnd(Duration patience) {
        return container.awaitEnd(patience);
    }

    void detach() {
        container.detach();
    }

    /** Ends it at once, and removes what it shared with the host. */
    void end() {
        container.end(PATIENCE);
        own.delete();
    }
}
