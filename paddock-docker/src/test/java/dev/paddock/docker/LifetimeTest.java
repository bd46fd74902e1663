package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.Container;
import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.docker.container.Handle;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.Volumes;
import dev.paddock.home.Folders;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.ServerSpec;
import dev.paddock.registry.ServerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever ends a server's owner, nothing of the server is left, and nothing of anybody else's is touched. */
final class LifetimeTest extends OnDocker {
    private static final int ROUNDS = 8;
    /** A process that there isn't: the first one is older. */
    private static final String GONE =
            new ProcessStamp(1, 1, ProcessStamp.ofSelf().namespace()).toString();

    /** Ends all sleeps of a container. */
    static final String KILL_SLEEPS = "for stat in /proc/[0-9]*/stat; do read -r pid name rest < $stat || continue;"
            + " [ $name != '(sleep)' ] || kill -s KILL $pid; done; true";

    private static final Path FOLDER = HOME.cache().resolve("..").normalize();

    @BeforeAll
    void fill() {
        // So that no round is about preparing PostgreSQL.
        paddock.start(ServerSpec.postgres("15")).close();
    }

    private List<Container> containers(String victim) {
        return docker().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("victim=" + victim))
                .exec();
    }

    private static List<Path> folders(ProcessStamp victim) throws IOException {
        try (Stream<Path> folders = Files.list(HOME.stateFolder("docker"))) {
            return folders.filter(each -> each.getFileName().toString().contains(victim.toString()))
                    .toList();
        }
    }

    /** As the next process does that uses containers at all. */
    private static void sweep() {
        try (Paddock next = Engines.storedAs("overlay", HOME)) {
            next.start(ServerSpec.postgres("15")).close();
        }
    }

    @Test
    void containersVanishWithinSecondsWhenTheirOwnerIsKilled() throws Exception {
        String name = newName("victim");
        Process victim = Victim.start(FOLDER, name);
        ProcessStamp stamp = ProcessStamp.of(victim.pid()).orElseThrow();
        Victim.awaitServer(victim);
        assertThat(containers(name)).isNotEmpty();
        assertThat(hasNetwork(name)).isTrue();
        Victim.kill(victim);
        Awaitility.await("without anybody's help")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(containers(name).stream()
                                .filter(each -> !each.getState().equals("created")))
                        .isEmpty());
        // A network can't be removed while the engine still takes its last container down; then the next sweep does it.
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            sweep();
            assertThat(containers(name)).isEmpty();
            assertThat(hasNetwork(name)).isFalse();
            assertThat(folders(stamp)).isEmpty();
        });
    }

    /** Programs in a container can end all but its first process. */
    @Test
    void whatEndedItsOwnWatchGoesWithTheNextWhoComes() throws Exception {
        String name = newName("victim");
        Process victim = Victim.start(FOLDER, name);
        Victim.awaitServer(victim);
        containers(name).stream()
                .filter(each -> each.getState().equals("running"))
                .forEach(each -> inside(
                        each.getId(),
                        "for stat in /proc/[0-9]*/stat; do read -r pid name state parent rest < $stat;"
                                + " case $name$parent in '(sh)1') kill -s KILL $pid ;; esac; done"));
        Victim.kill(victim);
        TimeUnit.SECONDS.sleep(2);
        assertThat(containers(name)).extracting(Container::getState).contains("running");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            sweep();
            assertThat(containers(name)).isEmpty();
        });
    }

    @Test
    void aServerGoesOnThoughSomebodyKillsWhatKeepsItStill() throws Exception {
        try (PostgresServer server = paddock.start(spec())) {
            // So much that it takes a while to pack.
            ask(server, "CREATE TABLE big AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 200000)");
            CompletableFuture<Void> snapshot = CompletableFuture.runAsync(() -> server.snapshot(newName("killed")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !inside(
                                    server,
                                    "for stat in /proc/[0-9]*/stat; do read -r pid name state parent rest < $stat;"
                                            + " [ $name = '(tar)' ] && kill -s KILL $parent && echo $parent; done; true")
                            .isEmpty());
            assertThatThrownBy(() -> snapshot.get(60, TimeUnit.SECONDS)).hasMessageContaining("to take the data");
            assertThat(ask(server, "SELECT count(*) FROM big")).isEqualTo("200000");
        }
    }

    @Test
    void aServerEndsThoughItCanNotBeNotedThatItsTimeIsOver() {
        try (PostgresServer server = paddock.start(spec().withTtl(Duration.ofSeconds(3)))) {
            inside(server, "mkdir /run/paddock/expired");
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> !server.isAlive());
        }
    }

    /** What a superuser can do, or any program that ends what it finds. */
    @Test
    void aServersTimeIsNotOverBecauseSomebodyHasEndedASleep() {
        try (PostgresServer server = paddock.start(spec().withTtl(Duration.ofSeconds(8)))) {
            inside(server, KILL_SLEEPS);
            Awaitility.await().during(Duration.ofSeconds(2)).until(server::isAlive);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !server.isAlive());
            assertThat(server.isExpired()).isTrue();
        }
    }

    @Test
    void nothingIsLeftOfServersWhoseOwnerIsKilledAtAnyInstant() throws Exception {
        String name = newName("victim");
        Random random = new Random(20261125);
        for (int round = 0; round < ROUNDS; round++) {
            Process victim = Victim.start(FOLDER, name);
            // From before its first line of Java to well into its third server.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(4000));
            Victim.kill(victim);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(containers(name).stream()
                                .filter(each -> !each.getState().equals("created")))
                        .isEmpty());
        // The engine may yet be about what it was last asked for.
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            sweep();
            assertThat(containers(name)).isEmpty();
            assertThat(hasNetwork(name)).isFalse();
        });
    }

    /** A container with the labels of a server whose owner is gone. */
    private String madeByADeadOne(Instant made) {
        return docker().createContainerCmd(IMAGE)
                .withLabels(Map.of(
                        "dev.paddock",
                        "server",
                        "dev.paddock.home",
                        Ours.in(HOME).home(),
                        "dev.paddock.owner",
                        GONE,
                        "dev.paddock.made",
                        Long.toString(made.getEpochSecond())))
                .exec()
                .getId();
    }

    @Test
    void whatHasEndedStaysAsLongAsARecordCanNotBeRead() throws Exception {
        Path damaged = HOME.stateFolder("servers").resolve(newName("damaged") + ".server");
        String ended = madeByADeadOne(Instant.now());
        Files.writeString(damaged, "");
        try {
            for (int round = 0; round < 3; round++) {
                sweep();
                assertThat(exists(ended)).as("what the record may be about").isTrue();
            }
        } finally {
            Files.delete(damaged);
        }
        Awaitility.await().untilAsserted(() -> {
            sweep();
            assertThat(exists(ended)).isFalse();
        });
    }

    /** As of an image that was committed of a server that ended with its owner, beside services and on a folder. */
    @Test
    void whatAnImageSaysOfAnotherServerIsNotTrueOfAServerThatIsMadeOfIt() throws Exception {
        String image = newName("image");
        String stack = newName("stack");
        Path data = HOME.cache().resolve("another");
        Path folder = Files.createTempDirectory("image");
        Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM " + IMAGE + "\nLABEL dev.paddock=server dev.paddock.home=\""
                        + Ours.in(HOME).home()
                        + "\" dev.paddock.owner=" + GONE + " dev.paddock.owned=true dev.paddock.stack=" + stack
                        + " dev.paddock.data=\"" + data + "\" dev.paddock.service=cache\n");
        docker().buildImageCmd(folder.toFile())
                .withTags(Set.of(image))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        ServerRecord server = paddock.up(Optional.of(newName("up")), spec(made -> made.withImage(image)));
        try {
            String container = new Handle(server.handle()).fact("container");
            Map<String, String> labels = Objects.requireNonNull(
                    docker().inspectContainerCmd(container).exec().getConfig().getLabels());
            assertThat(Ours.isOwned(labels)).as("it ends with its owner").isFalse();
            assertThat(Ours.said(labels, Ours.SERVICE)).isEmpty();
            assertThat(containers().userOf(data)).isEmpty();
            containers().removeStack(stack);
            assertThat(exists(container)).isTrue();
        } finally {
            paddock.down(server.name());
            docker().removeImageCmd(image).withForce(true).exec();
            Folders.delete(folder);
        }
    }

    @Test
    void whatOthersHaveMadeIsNeverTouched() {
        String name = newName("foreign");
        String ours = madeByADeadOne(Instant.now());
        // Of an image that somebody has made of a server's container: images hand on their labels.
        String copy = madeByADeadOne(Instant.EPOCH);
        String lookalike = docker().createContainerCmd(IMAGE)
                .withName(name)
                .withLabels(Map.of("victim", name, "dev.paddock.owner", GONE))
                .exec()
                .getId();
        // Of another user's Paddock, whose owner is gone: that user's to sweep up.
        String others = docker().createContainerCmd(IMAGE)
                .withLabels(Map.of(
                        "dev.paddock", "server",
                        "dev.paddock.home", "somebody@/elsewhere",
                        "dev.paddock.owner", GONE))
                .exec()
                .getId();
        String network = docker().createNetworkCmd()
                .withName(name)
                .withLabels(Map.of("dev.paddock", "network", "dev.paddock.home", "somebody@/elsewhere"))
                .exec()
                .getId();
        docker().createVolumeCmd().withName(name).exec();
        try {
            Awaitility.await().untilAsserted(() -> {
                sweep();
                assertThat(exists(ours)).as("what is swept up").isFalse();
            });
            assertThat(exists(copy)).isTrue();
            assertThat(exists(lookalike)).isTrue();
            assertThat(exists(others)).isTrue();
            assertThat(hasNetwork(name)).isTrue();
            Volumes.removeIfOurs(docker(), Ours.in(HOME), name);
            assertThat(Volumes.find(docker(), name)).isPresent();
        } finally {
            docker().removeContainerCmd(copy).withRemoveVolumes(true).exec();
            docker().removeContainerCmd(lookalike).withRemoveVolumes(true).exec();
            docker().removeContainerCmd(others).withRemoveVolumes(true).exec();
            docker().removeNetworkCmd(network).exec();
            docker().removeVolumeCmd(name).exec();
        }
    }
}
