package dev.paddock.docker.server;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.ControlGroup;
import dev.paddock.docker.container.Networks;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.data.Placement;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.Term;
import dev.paddock.postgres.ServerSettings;
import dev.paddock.postgres.SettingNames;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.time.Deadline;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One server's way from an image to accepting connections.
 *
 * @param imageName what its container is made of; told the name that the engine turned out not to know any more, if it did, or nothing
 * @param snapshot what its data is a clone of
 * @param before what is to be done to its container before that runs
 * @param foreign whether its data may know nobody called postgres, and no database of that name
 */
public record ServerStart(
        ServerContainer what,
        UnaryOperator<String> imageName,
        PaddockHome home,
        Snapshot snapshot,
        Consumer<String> before,
        ServerSettings settings,
        OptionalInt port,
        Duration timeout,
        boolean foreign) {
    private static final int ATTEMPTS = 5;
    private static final int USUAL_PORT = 5432;
    private static final int LINES_SHOWN = 15;
    private static final Duration PROBE = Duration.ofSeconds(5);

    /**
     * @param address where it is reached from this machine, without a port of the machine's own
     * @param holding whether others may want what its container has for itself until the engine has removed it: a port, a volume, a network
     */
    public record Started(Place place, Container container, String address, boolean holding) {
        /** Ends it and removes all that is left of it. */
        void end() {
            container.end(place::isOver, Duration.ofMinutes(1));
            place.own().delete();
        }
    }

    /** @throws PaddockException with the server's last log lines; nothing of it is left then */
    public Started run() {
        ContainerSpec wanted = what.wanted();
        String name = imageName.apply("");
        for (int attempt = 1; ; attempt++) {
            int chosen = wanted.published() ? port.orElseGet(ServerStart::freePort) : port.orElse(USUAL_PORT);
            OwnFolder own = what.standing()
                    ? OwnFolder.createStanding(home, what.containers().engine())
                    : OwnFolder.create(home);
            try {
                return run(name, own, chosen);
            } catch (NotFoundException removedMeanwhile) {
                own.delete();
                if (attempt == ATTEMPTS) {
                    leaveNetwork();
                    throw refusal(removedMeanwhile);
                }
                name = imageName.apply(name);
            } catch (PortTakenException taken) {
                own.delete();
                if (port.isPresent() || attempt == ATTEMPTS) {
                    leaveNetwork();
                    throw new PaddockException(
                            "port " + chosen + " is in use",
                            Hint.naming("choose another with {}, or leave it out to have a free one", Term.PORT)
                                    .or("have a free one chosen, by naming none"),
                            taken);
                }
            } catch (RuntimeException failure) {
                own.delete();
                leaveNetwork();
                throw failure;
            }
        }
    }

    private void leaveNetwork() {
        Containers containers = what.containers();
        what.wanted().network().ifPresent(name -> Networks.leave(containers.client(), containers.ours(), name));
    }

    private Started run(String name, OwnFolder own, int chosen) {
        Placement placement = what.placement();
        int inside = inside(chosen);
        ServerSettings.Places places = new ServerSettings.Places(
                List.of(OwnFolder.SHARED, OwnFolder.INSIDE), OwnFolder.CONFIG, OwnFolder.INSIDE, placement.data());
        settings.files(places).forEach(file -> own.write(file.name(), file.lines()));
        if (foreign) {
            own.write("foreign", List.of());
        }
        if (!what.standing()) {
            own.beginLog();
        }
        Path output = own.file("output");
        Container container;
        try {
            container = Container.start(
                    what.containers().client(),
                    what.describe(home, name, own, chosen, inside, settings.arguments(places, inside)),
                    Files.newOutputStream(output),
                    before);
        } catch (IOException failure) {
            throw new PaddockException("can't write " + output + ": " + failure.getMessage(), failure);
        } catch (NotFoundException noSuchImage) {
            throw noSuchImage;
        } catch (DockerException refused) {
            own.requireSeen(what.containers().engine(), placement.unpacked(), refused);
            placement.unpacked().filter(archive -> !Files.exists(archive)).ifPresent(gone -> {
                throw new PaddockException(
                        "the snapshot " + snapshot.label() + " was removed while a server was to start from it",
                        refused);
            });
            throw refusal(refused);
        }
        Snapshot origin = what.standing() ? described(own) : snapshot;
        Place place = new Place(
                what.containers().engine(),
                container.id(),
                what.image().id(),
                what.image().version(),
                host(container.id()),
                chosen,
                inside,
                placement.data(),
                placement.storage(),
                own,
                origin.folder(),
                Optional.of(origin),
                placement.disk(),
                placement.volume(),
                what.wanted().network());
        // The engine takes as long to answer as PostgreSQL has to start.
        CompletableFuture<String> address =
                CompletableFuture.supplyAsync(() -> what.containers().address(container.id()));
        try {
            awaitReady(container, place);
            if (!what.wanted().limits().equals(ResourceLimits.NONE)) {
                ControlGroup.of(what.containers(), container.id())
                        .require(what.wanted().limits());
            }
            return new Started(place, container, address(address), isHolding());
        } catch (RuntimeException failure) {
            container.end(Duration.ofSeconds(5));
            if (isHolding()) {
                what.containers().awaitGone(container.id());
            }
            throw failure;
        }
    }

    private boolean isHolding() {
        return port.isPresent()
                || what.placement().disk().isPresent()
                || what.placement().volume().isPresent()
                || what.wanted().network().isPresent()
                || !what.wanted().mounts().isEmpty();
    }

    /** Empty if the engine doesn't tell: then there is no short way. */
    private static String address(CompletableFuture<String> told) {
        try {
            return told.join();
        } catch (CompletionException untold) {
            return "";
        }
    }

    /** A snapshot may go while a server that stands alone goes on; what was known of it doesn't. */
    private Snapshot described(OwnFolder own) {
        try {
            snapshot.describe(own.path());
            own.settle();
            return Snapshot.at(own.path());
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + own.path() + ": " + failure.getMessage(), failure);
        }
    }

    /** Where others expect PostgreSQL always to be; on loopback, where many servers share the numbers, one number is simpler. */
    private int inside(int chosen) {
        return what.wanted().published() && what.wanted().network().isPresent() ? USUAL_PORT : chosen;
    }

    /** Where clients find it: on loopback; if it isn't published, by a name on its network, or else by its address. */
    private String host(String container) {
        ContainerSpec wanted = what.wanted();
        if (wanted.published()) {
            return "127.0.0.1";
        }
        if (wanted.network().isPresent()) {
            return wanted.aliases().isEmpty()
                    ? container.substring(0, 12)
                    : wanted.aliases().get(0);
        }
        return what.containers().address(container);
    }

    private void awaitReady(Container container, Place place) {
        Deadline deadline = Deadline.in(timeout);
        boolean settled = deadline.await(() -> !container.isRunning() || answers(place));
        if (!settled) {
            throw new PaddockException(
                    "PostgreSQL " + what.image().version() + " is not ready after " + timeout.toSeconds()
                            + " s; its log ends with:\n  " + lastWords(place.own()),
                    Hint.naming("give it more time with {}", Term.START_TIMEOUT)
                            .or("see what else this machine is busy with"));
        }
        if (!container.isRunning()) {
            List<String> log = place.own().log().lastLines(LINES_SHOWN);
            throw new PaddockException(
                    "PostgreSQL " + what.image().version() + " did not start; its log ends with:\n  "
                            + String.join("\n  ", log),
                    SettingNames.adviceFor(log).orElse(null));
        }
    }

    /** Of PostgreSQL; of what came before it, if it was never reached. */
    private static String lastWords(OwnFolder own) {
        return String.join("\n  ", own.log().lastLines(LINES_SHOWN));
    }

    private static boolean answers(Place place) {
        if (!place.own().takeSocket(place.inside())) {
            return false;
        }
        try (WireConnection probe = WireConnection.open(
                place.socket(), Login.ofOwner(place.superuser(), "postgres", place.version()), PROBE)) {
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
        return new PaddockException("the engine can't start a server: " + reason, refused);
    }

    /** Somebody was quicker. */
    private static final class PortTakenException extends PaddockException {
        private static final long serialVersionUID = 1;

        PortTakenException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /** Free a moment ago; whoever uses it first has it, so a server that fails to is started anew with another. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new PaddockException("no free port on loopback: " + failure.getMessage(), failure);
        }
    }
}
