package dev.paddock.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.engine.FileLog;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.PaddockException;
import dev.paddock.server.ServerSettings;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.time.Deadline;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One server's way from an image to accepting connections.
 *
 * @param imageName what its container is made of: the base image, or that with a snapshot's data; told the name that the engine turned out not
 *     to know, if it did
 * @param image the base image
 * @param snapshot what its data is a clone of
 * @param before what is to be done to its container before that runs
 * @param standing whether it is to outlive this process
 */
record ServerStart(
        Containers containers,
        PaddockHome home,
        UnaryOperator<String> imageName,
        ImageFacts image,
        Snapshot snapshot,
        Placement placement,
        Consumer<String> before,
        ServerSettings settings,
        OptionalInt port,
        ContainerSpec wanted,
        Optional<Duration> ttl,
        Duration timeout,
        boolean standing) {
    private static final int ATTEMPTS = 5;
    private static final int USUAL_PORT = 5432;
    private static final long SHARED_MEMORY = 256L << 20;
    private static final Duration PROBE = Duration.ofSeconds(5);

    record Started(Place place, Container container) {
        /** Ends it and removes all that is left of it. */
        void end() {
            container.end(Duration.ofMinutes(1));
            place.own().delete();
        }
    }

    /** @throws PaddockException with the server's last log lines; nothing of it is left then */
    Started run() {
        String name = imageName.apply("");
        for (int attempt = 1; ; attempt++) {
            int chosen = port.orElseGet(ServerStart::freePort);
            OwnFolder own = standing ? OwnFolder.createStanding(home) : OwnFolder.create(home);
            try {
                return run(name, own, chosen);
            } catch (NotFoundException removedMeanwhile) {
                own.delete();
                if (attempt == ATTEMPTS) {
                    throw refusal(removedMeanwhile);
                }
                name = imageName.apply(name);
            } catch (PortTakenException taken) {
                own.delete();
                if (port.isPresent() || attempt == ATTEMPTS) {
                    throw new PaddockException(
                            "port " + chosen + " is in use",
                            "choose another with --port, or leave it out to have a free one",
                            taken);
                }
            } catch (RuntimeException failure) {
                own.delete();
                throw failure;
            }
        }
    }

    private Started run(String name, OwnFolder own, int chosen) {
        own.write("postgresql.conf", settings.lines(OwnFolder.INSIDE, placement.data(), inside(chosen)));
        own.write(
                "pg_hba.conf",
                List.of(
                        "local all all trust",
                        "local replication all trust",
                        "host all all all scram-sha-256",
                        "host replication all all scram-sha-256"));
        FileLog log = new FileLog(own.file("log"));
        Container container;
        try {
            container = Container.start(
                    containers.client(), create(name, own, chosen), Files.newOutputStream(log.file()), before);
        } catch (IOException failure) {
            throw new PaddockException("can't write " + log.file() + ": " + failure.getMessage(), null, failure);
        } catch (NotFoundException noSuchImage) {
            throw noSuchImage;
        } catch (DockerException refused) {
            throw refusal(refused);
        }
        Place place = new Place(
                container.id(),
                image.reference(),
                image.version(),
                chosen,
                inside(chosen),
                placement.data(),
                placement.storage(),
                own,
                snapshot,
                placement.disk());
        try {
            awaitReady(container, place, log);
            return new Started(place, container);
        } catch (RuntimeException failure) {
            container.end(Duration.ofSeconds(5));
            throw failure;
        }
    }

    /** On a network of its own with others they expect it where PostgreSQL always is; else one number is simpler. */
    private int inside(int chosen) {
        return wanted.network().isPresent() ? USUAL_PORT : chosen;
    }

    private CreateContainerCmd create(String name, OwnFolder own, int chosen) {
        CreateContainerCmd create = containers
                .unprivileged(
                        name,
                        placement.owner(image),
                        "server",
                        Script.SERVER.command(
                                placement.data(),
                                ttl.map(time -> Long.toString(Math.max(1, time.toSeconds())))
                                        .orElse(""),
                                placement.ending()))
                .withEnv(variables());
        Map<String, String> labels =
                new HashMap<>(Ours.with(java.util.Objects.requireNonNull(create.getLabels()), wanted.labels()));
        labels.put(Ours.FOLDER, own.path().toString());
        placement.disk().ifPresent(disk -> labels.put(Ours.DATA, disk.path().toString()));
        create.withLabels(labels);
        HostConfig host =
                EmptySnapshots.hostConfig(create).withBinds(own.binding()).withShmSize(SHARED_MEMORY);
        if (wanted.published()) {
            create.withExposedPorts(ExposedPort.tcp(inside(chosen)));
            host.withPortBindings(PortBinding.parse("127.0.0.1:" + chosen + ":" + inside(chosen)));
        }
        wanted.network().ifPresent(network -> {
            host.withNetworkMode(network);
            create.withAliases(wanted.aliases());
        });
        placement.mount(host, image);
        if (wanted.readOnlyRoot()) {
            host.withReadonlyRootfs(true);
        }
        return create;
    }

    private List<String> variables() {
        List<String> variables = new ArrayList<>();
        variables.add("PGDATA=" + placement.data());
        wanted.environment().forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }

    private void awaitReady(Container container, Place place, FileLog log) {
        Deadline deadline = Deadline.in(timeout);
        boolean settled = deadline.await(() -> !container.isRunning() || answers(place));
        if (!settled) {
            throw new PaddockException(
                    "PostgreSQL " + image.version() + " is not ready after " + timeout.toSeconds()
                            + " s; its log ends with:\n  " + String.join("\n  ", log.lastLines(15)),
                    "give it more time with --start-timeout");
        }
        if (!container.isRunning()) {
            throw new PaddockException("PostgreSQL " + image.version() + " did not start; its log ends with:\n  "
                    + String.join("\n  ", log.lastLines(15)));
        }
    }

    private static boolean answers(Place place) {
        if (!Files.exists(place.own().file(".s.PGSQL." + place.inside()))) {
            return false;
        }
        try (WireConnection probe = WireConnection.open(place.socket(), "postgres", "postgres", PROBE)) {
            return true;
        } catch (PaddockException notYet) {
            return false;
        }
    }

    private PaddockException refusal(DockerException refused) {
        String reason = EngineFailure.reason(refused);
        if (reason.contains("port is already allocated") || reason.contains("address already in use")) {
            return new PortTakenException(reason, refused);
        }
        return new PaddockException("the engine can't start a server: " + reason, null, refused);
    }

    /** Somebody was quicker. */
    private static final class PortTakenException extends PaddockException {
        private static final long serialVersionUID = 1;

        PortTakenException(String reason, Throwable cause) {
            super(reason, null, cause);
        }
    }

    /** Free a moment ago; whoever uses it first has it, so a server that fails to is started anew with another. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new PaddockException("no free port on loopback: " + failure.getMessage(), null, failure);
        }
    }
}
