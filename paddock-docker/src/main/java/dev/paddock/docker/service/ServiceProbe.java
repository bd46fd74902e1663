package dev.paddock.docker.service;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Script;
import dev.paddock.engine.FileLog;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Readiness;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Looks whether a service is ready, in the way that its spec says. */
final class ServiceProbe {
    private static final int PATIENCE_MILLIS = 2000;
    private static final int MOST_OUTPUT = 1 << 20;
    /** What can't run at all, for want of a program or an argument, has ended by then. */
    private static final Duration TO_FALL = Duration.ofMillis(300);

    private final Containers containers;
    private final String container;
    private final boolean shell;
    private final FileLog log;
    private final Deadline established = Deadline.in(TO_FALL);
    private String last = "";

    ServiceProbe(Containers containers, String container, boolean shell, FileLog log) {
        this.containers = containers;
        this.container = container;
        this.shell = shell;
        this.log = log;
    }

    /** Whether it is now. What stands against it is remembered. */
    boolean isReady(Readiness readiness) {
        try {
            if (readiness instanceof Readiness.Listens listens) {
                return listens(listens.port());
            }
            if (readiness instanceof Readiness.Succeeds succeeds) {
                return succeeds(succeeds.command());
            }
            if (readiness instanceof Readiness.Says says) {
                return log.lines(0, MOST_OUTPUT).stream().anyMatch(line -> line.contains(says.text()));
            }
            if (readiness instanceof Readiness.Answers answers) {
                return answers(answers);
            }
            return isHealthy();
        } catch (DockerException ending) {
            // Whether it has ended is looked at by whoever asks.
            return false;
        }
    }

    /** What the last look found, for messages. */
    String last() {
        return last;
    }

    private boolean listens(int port) {
        if (shell) {
            return succeeds(Script.LISTENING.command(Integer.toString(port)));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException notYet) {
            last = String.valueOf(notYet.getMessage());
            return false;
        }
    }

    private boolean succeeds(List<String> command) {
        try {
            containers.runInside(container, command, "it");
            return true;
        } catch (PaddockException failed) {
            last = String.valueOf(failed.getMessage());
            return false;
        }
    }

    private boolean answers(Readiness.Answers wanted) {
        try {
            URI uri = URI.create("http://" + reachedAt(wanted.port()) + wanted.path());
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            connection.disconnect();
            last = "it answers with " + status;
            return status >= 100 && status < 400;
        } catch (IOException notYet) {
            last = String.valueOf(notYet.getMessage());
            return false;
        }
    }

    private boolean isHealthy() {
        InspectContainerResponse.ContainerState state = inspect().getState();
        HealthState health = state.getHealth();
        if (health == null || health.getStatus() == null || health.getStatus().equals("none")) {
            return established.isOver() && Boolean.TRUE.equals(state.getRunning());
        }
        last = "its health is " + health.getStatus();
        return health.getStatus().equals("healthy");
    }

    /** By the published port if there is one: not every engine's networks can be reached from its host. */
    private String reachedAt(int port) {
        Ports.Binding[] bindings =
                inspect().getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(port));
        return bindings == null || bindings.length == 0
                ? address() + ":" + port
                : "127.0.0.1:" + bindings[0].getHostPortSpec();
    }

    private String address() {
        Map<String, ContainerNetwork> networks = inspect().getNetworkSettings().getNetworks();
        return networks.values().stream()
                .map(network -> String.valueOf(network.getIpAddress()))
                .findFirst()
                .orElse("");
    }

    private InspectContainerResponse inspect() {
        return containers.client().inspectContainerCmd(container).exec();
    }
}
