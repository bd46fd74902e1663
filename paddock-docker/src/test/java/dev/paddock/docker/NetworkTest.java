package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.Network;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Servers on networks, and without one. */
final class NetworkTest extends OnDocker {
    @Test
    void connectionsOfThisJvmTakeTheShorterWayAndTheLongerOneWhereThatIsClosed() throws Exception {
        try (PostgresServer server = paddock.start(spec())) {
            ConnectionInfo info = server.connection();
            assertThat(info.host()).isEqualTo("127.0.0.1");
            assertThat(info.uri()).contains("@127.0.0.1:" + info.port());
            InetSocketAddress near = info.near().orElseThrow();
            assertThat(near.getHostString())
                    .isEqualTo(inside(server, "hostname -i").strip());
            try (Connection connection = server.database().dataSource().getConnection()) {
                assertThat(connection.unwrap(PGConnection.class).getParameterStatus("server_version"))
                        .startsWith("15");
                assertThat(connection.getMetaData().getURL()).contains(near.getHostString());
            }
            ConnectionInfo blocked = new ConnectionInfo(
                    info.host(),
                    info.port(),
                    info.user(),
                    info.password(),
                    info.database(),
                    Optional.of(new InetSocketAddress(near.getHostString(), 1)),
                    info.tls());
            try (Connection connection = Database.of(blocked).dataSource().getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void aNetworkIsMadeForAServerAndGoesWithTheLastOne() {
        String network = newName("net");
        PostgresServer one = paddock.start(spec(container -> container.withNetwork(network, List.of("db"))));
        PostgresServer other = paddock.start(spec(container -> container.withNetwork(network, List.of())));
        Network made = docker().listNetworksCmd().withNameFilter(network).exec().get(0);
        assertThat(made.getLabels()).containsKey("dev.paddock");
        assertThat(inside(other, "getent hosts db")).contains("db");
        one.close();
        assertThat(hasNetwork(network)).isTrue();
        other.close();
        assertThat(hasNetwork(network)).isFalse();
    }

    @Test
    void aNetworkOfSomebodyElsesIsJoinedAndStays() {
        String network = newName("foreign");
        String id = docker().createNetworkCmd()
                .withName(network)
                .withLabels(Map.of("whose", "mine"))
                .exec()
                .getId();
        try {
            paddock.start(spec(container -> container.withNetwork(network, List.of())))
                    .close();
            assertThat(hasNetwork(network)).isTrue();
        } finally {
            // As soon as the engine has removed the container.
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> docker().removeNetworkCmd(id).exec());
        }
    }

    @Test
    void networksThatHaveOneNameAreRefusedWithWhatToDo() {
        String network = newName("twice");
        List<String> ids = List.of(create(network), create(network));
        try {
            for (String named : List.of(network, ids.get(1))) {
                assertThatThrownBy(() -> paddock.start(spec(container -> container.withNetwork(named, List.of()))))
                        .isInstanceOf(PaddockException.class)
                        .hasMessage("the engine has 2 networks called " + network + ", and doesn't tell them apart")
                        .extracting(
                                failure -> ((PaddockException) failure).hint().orElse(""))
                        .asString()
                        .contains(ids.get(0).substring(0, 12), ids.get(1).substring(0, 12));
            }
        } finally {
            ids.forEach(id -> docker().removeNetworkCmd(id).exec());
        }
    }

    @Test
    void aServerLeavesItsNetworkAlsoWhenAnotherHasGotTheSameName() {
        String network = newName("later");
        PostgresServer server = paddock.start(spec(container -> container.withNetwork(network, List.of())));
        String foreign = create(network);
        try {
            server.close();
            assertThat(networks(network)).containsExactly(foreign);
        } finally {
            docker().removeNetworkCmd(foreign).exec();
        }
    }

    /** Another one, where the engine lets two have the same name. */
    private String create(String name) {
        try {
            return docker().createNetworkCmd().withName(name).exec().getId();
        } catch (ConflictException newerEngine) {
            return abort("this engine has no two networks of one name");
        }
    }

    private List<String> networks(String name) {
        return docker().listNetworksCmd().withNameFilter(name).exec().stream()
                .map(Network::getId)
                .toList();
    }

    @Test
    void serversThatAreStartedAtTheSameTimeMeetOnOneNetwork() {
        String network = newName("together");
        List<CompletableFuture<PostgresServer>> starts = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> paddock.start(spec(container -> container.withNetwork(network, List.of())))))
                .limit(4)
                .toList();
        try {
            assertThat(starts)
                    .allSatisfy(start -> assertThat(start.join().isAlive()).isTrue());
            assertThat(networks(network)).hasSize(1);
        } finally {
            starts.forEach(start -> start.thenAccept(PostgresServer::close).join());
        }
        assertThat(networks(network)).isEmpty();
    }

    @Test
    void anUnpublishedServerIsReachedByItsNameOnItsNetworkAndByItsOwnerOverTheSocket() throws Exception {
        String network = newName("private");
        ContainerSpec hidden =
                ContainerSpec.DEFAULT.withNetwork(network, List.of("db")).withPublished(false);
        try (PostgresServer server = paddock.start(spec().withContainer(hidden).withPassword("guess-me-not"));
                PostgresServer neighbour =
                        paddock.start(spec(container -> container.withNetwork(network, List.of())))) {
            assertThat(server.host()).isEqualTo("db");
            assertThat(server.port()).isEqualTo(5432);
            assertThat(inspect(server)
                            .getNetworkSettings()
                            .getPorts()
                            .getBindings()
                            .values())
                    .allMatch(Objects::isNull);
            assertThat(server.socketFolder().orElseThrow().resolve(".s.PGSQL.5432"))
                    .exists();
            assertThat(inside(
                            neighbour,
                            "PGPASSWORD=guess-me-not psql -h " + server.host() + " -p " + server.port()
                                    + " -U postgres -Atc 'SELECT 1 + 1'"))
                    .isEqualTo("2");
        }
    }

    @Test
    void anUnpublishedServerWithoutANetworkHasAnAddress() throws Exception {
        try (PostgresServer server = paddock.start(spec(container -> container.withPublished(false)))) {
            assertThat(InetAddress.getByName(server.host()).isLoopbackAddress()).isFalse();
            assertThat(Files.exists(server.socketFolder().orElseThrow())).isTrue();
        }
    }

    @Test
    void networksOnWhichNobodyHasANameAreRefused() {
        for (String network : List.of("host", "none", "bridge", "container:other")) {
            assertThatThrownBy(() -> paddock.start(spec(container -> container.withNetwork(network, List.of()))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("on the network " + network);
        }
        assertThatThrownBy(() -> paddock.start(spec(container -> container.withNetwork("no spaces", List.of()))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("'no spaces' can't be the name");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String network = newName("left");
            assertThatThrownBy(() -> paddock.start(spec(container -> container.withNetwork(network, List.of()))
                            .withPort(taken.getLocalPort())))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is in use");
            assertThat(hasNetwork(network)).isFalse();
        }
    }
}
