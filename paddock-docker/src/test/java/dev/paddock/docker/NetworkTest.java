package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Network;
import dev.paddock.PostgresServer;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Servers on networks, and without one. */
final class NetworkTest extends OnDocker {
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
