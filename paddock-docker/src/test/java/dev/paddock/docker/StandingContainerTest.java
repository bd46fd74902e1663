package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.docker.container.Handle;
import dev.paddock.engine.EngineServer;
import dev.paddock.home.Folders;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.HealthCheck;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.LogDriver;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.RestartPolicy;
import dev.paddock.model.ServerEnd;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Tuning;
import dev.paddock.registry.ServerRecord;
import dev.paddock.wire.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the engine itself does for servers that stand without an owner. */
final class StandingContainerTest extends OnDocker {
    private ServerRecord up(UnaryOperator<ContainerSpec> container) {
        return paddock.up(Optional.of(newName("up")), spec(container));
    }

    private InspectContainerResponse inspect(ServerRecord server) {
        return docker().inspectContainerCmd(container(server)).exec();
    }

    private static String container(ServerRecord server) {
        return new Handle(server.handle()).fact("container");
    }

    private static String query(EngineServer server, String sql) {
        try (var connection = server.connect(Login.of("postgres", "postgres"), Duration.ofSeconds(10))) {
            var rows = connection.query(sql);
            return rows.isEmpty() ? "" : rows.get(0).get(0).orElse("");
        }
    }

    @Test
    void aServerThatFailsIsRestartedWithItsData() {
        ServerRecord server = paddock.up(
                Optional.of(newName("up")),
                spec(container -> container.withRestart(RestartPolicy.parse("on-failure:3")))
                        .withTuning(Tuning.DURABLE));
        try {
            EngineServer attached = paddock.attach(server);
            query(attached, "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            inside(container(server), "kill -KILL $(head -n 1 $PGDATA/postmaster.pid)");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Objects.requireNonNullElse(inspect(server).getRestartCount(), 0) > 0);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(query(attached, "SELECT name FROM pony")).isEqualTo("Merlin"));
            assertThat(paddock.registry().find(server.name())).isPresent();
        } finally {
            paddock.down(server.name());
        }
        assertThat(exists(container(server))).isFalse();
    }

    @Test
    void aServerThatIsToBeRestartedLeavesNothingWhenItCanNotStart() {
        String name = newName("label");
        ServerSpec broken = spec(container ->
                        container.withRestart(RestartPolicy.parse("always")).withLabels(Map.of("test", name)))
                .withSetting("work_mem", "much");
        assertThatThrownBy(() -> paddock.up(Optional.of(name), broken)).hasMessageContaining("work_mem");
        assertThat(docker().listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of("test=" + name))
                        .exec())
                .isEmpty();
    }

    @Test
    void aRestartAndATimeToLiveContradictEachOther() {
        assertThatThrownBy(() -> paddock.up(
                        Optional.of(newName("up")),
                        spec(container -> container.withRestart(RestartPolicy.parse("always")))
                                .withTtl(Duration.ofMinutes(1))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("outlives its time to live");
    }

    @Test
    void dataInMemoryIsNotRestarted() {
        assertThatThrownBy(() -> paddock.up(
                        Optional.of(newName("up")),
                        spec(container -> container
                                .withRestart(RestartPolicy.parse("always"))
                                .withReadOnlyRoot(true))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("has none any more when the engine restarts it");
    }

    @Test
    void aServerWhoseMemoryIsGoneDoesNotBeginAnew() {
        ServerRecord server = up(container -> container);
        query(paddock.attach(server), "CREATE TABLE pony AS SELECT 'Merlin' AS name");

        docker().restartContainerCmd(container(server)).withTimeout(10).exec();

        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(paddock.registry().find(server.name())).isEmpty();
        });
        assertThat(end(server).lastLogLines())
                .anySatisfy(line -> assertThat(line).contains("the data was in memory"));
        paddock.down(server.name());
        assertThat(exists(container(server))).isFalse();
    }

    @Test
    void aServerWhoseContainerWasKilledIsListedWithItsLogUntilItIsRemoved() {
        ServerRecord server = up(container -> container);
        docker().killContainerCmd(container(server)).exec();
        Awaitility.await().until(() -> paddock.registry().find(server.name()).isEmpty());

        // Whoever opens the engine sweeps; what has failed isn't swept up.
        try (Paddock another = Paddock.open("docker", HOME, Progress.NONE)) {
            another.start(spec()).close();
            ServerEnd end = another.registry().known(server.name()).end().orElseThrow();
            assertThat(end.reason()).contains("was killed by signal 9").contains("exit code 137");
            assertThat(end.when()).isPresent();
            assertThat(end.lastLogLines()).anySatisfy(line -> assertThat(line).contains("ready to accept connections"));
        }
        assertThatThrownBy(() -> paddock.registry().get(server.name()))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("was killed by signal 9");

        paddock.down(server.name());
        assertThat(exists(container(server))).isFalse();
        assertThat(paddock.registry().look(server.name())).isEmpty();
    }

    @Test
    void aServerIsStoppedThoughNothingTellsAnyMoreWhatItBeganAs() throws Exception {
        ServerRecord server = up(container -> container);
        Files.delete(folder(server).resolve("manifest.properties"));
        paddock.down(server.name());
        assertThat(exists(container(server))).isFalse();
        assertThat(paddock.registry().look(server.name())).isEmpty();
    }

    @Test
    void aServerIsRemovedAndReplacedThoughItsContainerAndItsFolderAreGone() throws Exception {
        ServerRecord removed = up(container -> container);
        ServerRecord replaced = up(container -> container);
        for (ServerRecord server : List.of(removed, replaced)) {
            docker().removeContainerCmd(container(server)).withForce(true).exec();
            containers().awaitGone(container(server));
            // As whoever opens the engine does some minutes later.
            Folders.delete(folder(server));
        }
        paddock.down(removed.name());
        assertThat(paddock.registry().look(removed.name())).isEmpty();

        paddock.up(Optional.of(replaced.name()), spec());
        assertThat(paddock.registry().known(replaced.name()).hasFailed()).isFalse();
        paddock.down(replaced.name());
    }

    private static Path folder(ServerRecord server) {
        return Path.of(new Handle(server.handle()).fact("folder"));
    }

    private ServerEnd end(ServerRecord server) {
        return paddock.registry().known(server.name()).end().orElseThrow();
    }

    @Test
    void aServerOutlivesTheSnapshotThatItBeganAs() throws Exception {
        String name = newName("began");
        try (PostgresServer origin = paddock.start(spec())) {
            origin.snapshot(name);
        }
        ServerRecord server = paddock.up(Optional.of(newName("up")), ServerSpec.snapshot(name));
        try {
            paddock.snapshots().remove(name);
            query(paddock.attach(server), "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            paddock.freeze(server.name(), name);
        } finally {
            paddock.down(server.name());
        }
        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(ask(clone, "SELECT name FROM pony")).isEqualTo("Merlin");
        } finally {
            paddock.snapshots().remove(name);
        }
    }

    @Test
    void theEngineFindsOutWhetherAServerWorks() {
        HealthCheck check = new HealthCheck(
                List.of("pg_isready", "-h", "/run/paddock", "-q"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                3,
                Duration.ZERO);
        ServerRecord server = up(container -> container.withHealth(check).withNetwork(newName("health"), List.of()));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Objects.requireNonNull(
                                            inspect(server).getState().getHealth())
                                    .getStatus())
                            .isEqualTo("healthy"));
        } finally {
            paddock.down(server.name());
        }
        assertThat(hasNetwork(new Handle(server.handle()).fact("network"))).isFalse();
    }

    @Test
    void aLogThatTheEngineKeepsCanBeReadAndOneThatItDoesNotKeepIsSaidToBeGone() {
        ServerRecord kept = up(container -> container.withLog(new LogDriver("local", Map.of("max-size", "1m"))));
        ServerRecord lost = up(container -> container.withLog(new LogDriver("none", Map.of())));
        try {
            assertThat(String.join("\n", paddock.attach(kept).lastLogLines(100)))
                    .contains("ready to accept connections");
            assertThatThrownBy(() -> paddock.attach(lost).log().size())
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("keeps nothing that can be read");
            assertThat(paddock.attach(lost).lastLogLines(10)).hasSize(1);
        } finally {
            paddock.down(kept.name());
            paddock.down(lost.name());
        }
    }
}
