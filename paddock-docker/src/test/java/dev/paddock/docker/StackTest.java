package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.paddock.Paddock;
import dev.paddock.Stack;
import dev.paddock.engine.EngineService;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Readiness;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServicePort;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import dev.paddock.registry.ServerRecord;
import dev.paddock.time.Deadline;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and services on a network of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StackTest {
    private static final ServerSpec POSTGRES = ServerSpec.postgres("15").withDatabase("shop");

    private StackHost host;
    private Paddock paddock;

    @SuppressWarnings("NullAway.Init")
    StackTest() {}

    @BeforeAll
    void open() {
        host = StackHost.require("paddock/postgres:15", "paddock/redis:test", "paddock/debian:bookworm");
        paddock = host.paddock();
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Absent where the tests were skipped.
    void close() {
        if (host != null) {
            host.close();
        }
    }

    private static ServiceSpec redis() {
        return new Draft("cache", "paddock/redis:test")
                .ports(6379)
                .ready(new Readiness.Listens(6379))
                .spec();
    }

    /** A service of a shell script on Debian. */
    private static Draft script(String name, String script) {
        return new Draft(name, "paddock/debian:bookworm").command("sh", "-c", script);
    }

    @Test
    void servicesAreReadyWhenTheStackIsThere() throws Exception {
        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(redis()))) {
            assertThat(stack.postgres().isAlive()).isTrue();
            int port = stack.service("cache").port(6379);
            try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(new String(
                                socket.getInputStream().readNBytes(5), java.nio.charset.StandardCharsets.US_ASCII))
                        .isEqualTo("+PONG");
            }
        }
    }

    @Test
    void namesResolveAndPostgresListensWhereItAlwaysDoes() {
        ServiceSpec app = new Draft("app", "paddock/debian:bookworm")
                .command(
                        "bash",
                        "-c",
                        "exec 3<>/dev/tcp/cache/6379 && echo reached the cache; exec 5<>/dev/tcp/db.shop/5432 && exec"
                                + " 4<>/dev/tcp/postgres/5432 && echo reached postgres; sleep 600")
                .dependsOn("cache")
                .ready(new Readiness.Says("reached postgres"))
                .spec();

        ServerSpec postgres = POSTGRES.withContainer(POSTGRES.container().withAliases(List.of("db.shop")));
        try (Stack stack = paddock.start(new StackSpec(postgres, List.of(app, redis()), Map.of()))) {
            assertThat(stack.services()).extracting(service -> service.name()).containsExactly("cache", "app");
            assertThat(stack.service("app").lastLogLines(5)).contains("reached the cache", "reached postgres");
        }
    }

    @Test
    void nothingIsLeftOfAStackThatIsClosed() {
        Stack stack = paddock.start(StackSpec.of(POSTGRES).with(redis()));

        stack.close();

        assertThat(host.left()).isEmpty();
    }

    @Test
    void nothingIsPublishedUnlessItIsAskedFor() {
        ServiceSpec cache = new Draft("cache", "paddock/redis:test")
                .ready(new Readiness.Listens(6379))
                .spec();

        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(cache))) {
            assertThat(stack.service("cache").ports()).isEmpty();
            assertThat(host.inspect(stack.service("cache"))
                            .getHostConfig()
                            .getPortBindings()
                            .getBindings())
                    .isEmpty();
        }
    }

    @Test
    void secretsAreFilesThatInspectionDoesNotShow(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t0ps3cret");
        ServiceSpec app = new Draft("app", "paddock/debian:bookworm")
                .command(
                        "sh",
                        "-c",
                        "cat /run/secrets/token; echo; wc -c < /run/secrets/postgres_password; id -u; sleep 600")
                .user("1234:1234")
                .secrets("token", "postgres_password")
                .ready(new Readiness.Says("1234"))
                .spec();
        StackSpec spec = new StackSpec(POSTGRES, List.of(app), Map.of("token", token));

        try (Stack stack = paddock.start(spec)) {
            assertThat(stack.service("app").lastLogLines(5)).containsExactly("t0ps3cret", "22", "1234");
            String shown = host.raw(stack.service("app"));
            assertThat(shown)
                    .doesNotContain("t0ps3cret")
                    .doesNotContain(stack.postgres().connection().password().value());
        }
    }

    @Test
    void processesThatAreNotRootHaveNoCapability() {
        ServiceSpec app = script("app", "grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status; sleep 600")
                .user("1234")
                .ready(new Readiness.Says("NoNewPrivs"))
                .spec();

        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(app))) {
            assertThat(stack.service("app").lastLogLines(5))
                    .containsExactly("CapEff:\t0000000000000000", "NoNewPrivs:\t1");
        }
    }

    @Test
    void aServicesTimeIsNotOverBecauseSomebodyHasEndedASleep() {
        String name = "sleepless-service-" + ProcessHandle.current().pid();
        ServerRecord server = paddock.up(
                Optional.of(name),
                StackSpec.of(POSTGRES.withTtl(Duration.ofMinutes(10))).with(redis()),
                stack -> {});
        try {
            EngineService cache = paddock.services(server).get(0);
            OnDocker.containers(host.client())
                    .runInside(cache.identity(), List.of("sh", "-c", LifetimeTest.KILL_SLEEPS), "to end sleeps");
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .until(() -> paddock.services(server).get(0).isAlive());
        } finally {
            paddock.down(name);
        }
    }

    @Test
    void serviceOfAStandingStackThatWasKilledIsToldOfEvenIfTheEngineHasForgottenIt() {
        for (Optional<Duration> ttl : List.of(Optional.<Duration>empty(), Optional.of(Duration.ofMinutes(10)))) {
            ServerSpec postgres = ttl.map(POSTGRES::withTtl).orElse(POSTGRES);
            String name = "dead-service-" + ProcessHandle.current().pid();
            ServerRecord server =
                    paddock.up(Optional.of(name), StackSpec.of(postgres).with(redis()), stack -> {});
            try {
                EngineService cache = paddock.services(server).get(0);
                assertThat(cache.ended()).isEmpty();
                host.client().killContainerCmd(cache.identity()).exec();
                Awaitility.await()
                        .untilAsserted(() -> assertThat(paddock.services(server))
                                .singleElement()
                                .satisfies(dead -> {
                                    assertThat(dead.name()).isEqualTo("cache");
                                    assertThat(dead.isAlive()).isFalse();
                                    assertThat(dead.ended()).isPresent();
                                }));
            } finally {
                paddock.down(name);
            }
            assertThat(host.left()).isEmpty();
        }
    }

    @Test
    void serviceThatIsNeverReadyIsShownWithItsLastWords() {
        ServiceSpec app = script("app", "echo waiting for godot; sleep 600")
                .ready(new Readiness.Listens(8080))
                .within(Duration.ofSeconds(2))
                .spec();

        assertThatThrownBy(() -> paddock.start(StackSpec.of(POSTGRES).with(app)))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the service app is not ready after 2 s: it is when it listens on port 8080")
                .hasMessageContaining("waiting for godot");
        assertThat(host.left()).isEmpty();
    }

    @Test
    void portThatOnlyTheContainerItselfReachesIsNotReady() {
        ServiceSpec cache = new Draft("cache", "paddock/redis:test")
                .command("redis-server", "--bind", "127.0.0.1")
                .ready(new Readiness.Listens(6379))
                .within(Duration.ofSeconds(2))
                .spec();

        assertThatThrownBy(() -> paddock.start(StackSpec.of(POSTGRES).with(cache)))
                .hasMessageContaining("not ready after 2 s");
    }

    @Test
    void serviceThatDiesIsShownWithItsLastWords() {
        ServiceSpec app = script("app", "echo no configuration; exit 3")
                .ready(new Readiness.Listens(8080))
                .spec();

        assertThatThrownBy(() -> paddock.start(StackSpec.of(POSTGRES).with(app)))
                .hasMessageContaining("the service app ended before it was ready")
                .hasMessageContaining("no configuration");
        assertThat(host.left()).isEmpty();
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            ServiceSpec cache = new Draft("cache", "paddock/redis:test")
                    .port(new ServicePort(6379, OptionalInt.of(taken.getLocalPort())))
                    .spec();

            assertThatThrownBy(() -> paddock.start(StackSpec.of(POSTGRES).with(cache)))
                    .hasMessageContaining("a port that cache is to be published on is in use");
        }
        assertThat(host.left()).isEmpty();
    }

    @Test
    void programThatIsNotInTheImageIsNamed() {
        ServiceSpec app = new Draft("app", "paddock/debian:bookworm")
                .command("no-such-program")
                .spec();

        assertThatThrownBy(() -> paddock.start(StackSpec.of(POSTGRES).with(app)))
                .hasMessageContaining("app")
                .hasMessageContaining("no-such-program");
    }

    @Test
    void imageThatIsMissingIsNamed() {
        ServiceSpec app = ServiceSpec.of("app", "paddock/no-such-image:1");

        assertThatThrownBy(() -> paddock.start(StackSpec.of(POSTGRES).with(app)))
                .hasMessageContaining("can't pull the image paddock/no-such-image:1");
        assertThat(host.left()).isEmpty();
    }

    @Test
    void httpAnswerMakesAServiceReady() {
        ServiceSpec app = new Draft("app", "paddock/debian:bookworm")
                .command(
                        "perl",
                        "-MIO::Socket::INET",
                        "-e",
                        "my $s = IO::Socket::INET->new(LocalPort => 8080, Listen => 5, ReuseAddr => 1); while (my $c ="
                                + " $s->accept) { my $l = <$c>; print $c $l =~ m{/health} ? qq{HTTP/1.0 200 OK\\r\\n\\r\\n} :"
                                + " qq{HTTP/1.0 503 No\\r\\n\\r\\n}; close $c; }")
                .ready(new Readiness.Answers(8080, "/health"))
                .spec();

        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(app))) {
            assertThat(stack.service("app").isAlive()).isTrue();
        }
    }

    @Test
    void stackHasANetworkOfItsOwn() {
        ServerSpec elsewhere = POSTGRES.withContainer(POSTGRES.container().withNetwork("somewhere", List.of()));

        assertThatThrownBy(() -> paddock.start(StackSpec.of(elsewhere).with(redis())))
                .hasMessageContaining("a stack with services has a network of its own, not somewhere");
        assertThat(host.left()).isEmpty();
    }

    @Test
    void timeToLiveIsThatOfAllOfIt() {
        try (Stack stack = paddock.start(
                StackSpec.of(POSTGRES.withTtl(Duration.ofSeconds(5))).with(redis()))) {
            assertThat(Deadline.in(Duration.ofSeconds(20))
                            .await(() -> !stack.service("cache").isAlive()
                                    && !stack.postgres().isAlive()))
                    .isTrue();
        }
    }

    @Test
    void limitsAreThoseOfTheControlGroup() {
        ServiceSpec app = script(
                        "app",
                        "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes"
                                + " 2> /dev/null; echo done; sleep 600")
                .memory("64MB")
                .ready(new Readiness.Says("done"))
                .spec();

        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(app))) {
            InspectContainerResponse facts = host.inspect(stack.service("app"));
            assertThat(facts.getHostConfig().getMemory()).isEqualTo(64L << 20);
            assertThat(stack.service("app").lastLogLines(3)).contains(Long.toString(64L << 20));
        }
    }

    @Test
    void sharedMemoryIsTheEnginesUnlessASizeIsAskedFor() {
        String look = "df -k /dev/shm | tail -n 1; echo done; sleep 600";
        ServiceSpec plain =
                script("plain", look).ready(new Readiness.Says("done")).spec();
        ServiceSpec large = script("large", look)
                .sharedMemory("96MB")
                .ready(new Readiness.Says("done"))
                .spec();

        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(plain).with(large))) {
            assertThat(stack.service("plain").lastLogLines(2).get(0)).contains(" 65536 ");
            assertThat(stack.service("large").lastLogLines(2).get(0)).contains(" 98304 ");
        }
    }

    @Test
    void imageWithoutAShellEndsWithPostgres() {
        String image = host.withoutShell("paddock/debian:bookworm");
        ServiceSpec app = new Draft("app", image)
                .command(
                        "perl",
                        "-MIO::Socket::INET",
                        "-e",
                        "my $s = IO::Socket::INET->new(LocalPort => 8080, Listen => 5); sleep 600")
                .ready(new Readiness.Listens(8080))
                .spec();

        try (Stack stack = paddock.start(StackSpec.of(POSTGRES).with(app))) {
            stack.postgres().close();

            assertThat(host.left()).allMatch(left -> left.startsWith("network"));
        }
        assertThat(host.left()).isEmpty();
    }
}
