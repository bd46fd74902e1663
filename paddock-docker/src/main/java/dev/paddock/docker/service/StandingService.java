package dev.paddock.docker.service;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import dev.paddock.docker.container.ContainerLog;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Ours;
import dev.paddock.engine.EngineService;
import dev.paddock.model.ServerEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A service that no process owns any more.
 *
 * @param container its id
 */
record StandingService(Containers containers, String name, String container, Map<Integer, Integer> ports)
        implements EngineService {
    /** As the engine lists it. */
    static StandingService of(Containers containers, Container listed) {
        Map<Integer, Integer> ports = new TreeMap<>();
        for (ContainerPort port : listed.getPorts()) {
            if (port.getPrivatePort() != null && port.getPublicPort() != null) {
                ports.put(port.getPrivatePort(), port.getPublicPort());
            }
        }
        return new StandingService(containers, Ours.said(listed.getLabels(), Ours.SERVICE), listed.getId(), ports);
    }

    @Override
    public String identity() {
        return container.substring(0, 12);
    }

    @Override
    public boolean isAlive() {
        return containers.isRunning(container);
    }

    @Override
    public Optional<ServerEnd> ended() {
        return isAlive() ? Optional.empty() : Optional.of(containers.end(container));
    }

    @Override
    public ContainerLog log() {
        return new ContainerLog(containers.client(), container);
    }

    @Override
    public List<String> lastLogLines(int most) {
        return log().lastLines(most);
    }
}
