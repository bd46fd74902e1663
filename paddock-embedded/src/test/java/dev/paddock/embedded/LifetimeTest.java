package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.PoolSettings;
import dev.paddock.PostgresServer;
import dev.paddock.ServerPool;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Secret;
import dev.paddock.model.ServerEnd;
import dev.paddock.model.ServerSpec;
import dev.paddock.registry.ServerRecord;
import dev.paddock.registry.ServerRegistry;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a server's owner, nothing of the server is left. */
final class LifetimeTest {
    private static final PaddockHome HOME =
            PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());

    /** Outside of the build's own folders, for the paths of sockets must be short. */
    private Path temp = Path.of("");

    private Traces traces = new Traces(temp);

    @BeforeEach
    void markWhatBelongsToThisTest() throws IOException {
        temp = Files.createTempDirectory("lifetime");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        traces = new Traces(temp);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        // What stands above a supervisor that was killed is not waited for by those who remove its record.
        awaitNothingLeft("at the end");
        Files.deleteIfExists(temp.resolve("hsperfdata_" + System.getProperty("user.name")));
        dev.paddock.home.Folders.delete(temp);
    }

    @ParameterizedTest
    @CsvSource({"overlay, 60", "copy, 24"})
    void nothingIsLeftOfServersWhoseOwnerIsKilledAtAnyInstant(String storage, int times) throws Exception {
        fill(storage);
        Random random = new Random(20261120);
        for (int round = 0; round < Often.times(times); round++) {
            Process victim = Victim.start(HOME.cache().resolve(".."), temp, storage);
            // From before its first line of Java to well into its second server.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(storage.equals("copy") ? 900 : 600));
            Victim.kill(victim.toHandle());
            awaitNothingLeft("round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void nothingIsLeftWhenAnyProcessOfTheSessionIsKilled(String storage) throws Exception {
        fill(storage);
        Random random = new Random(20261120);
        for (int round = 0; round < 12; round++) {
            Process victim = Victim.start(HOME.cache().resolve(".."), temp, storage);
            Victim.awaitServer(victim);
            // The supervisor, what stands above it, a keeper or a postmaster; then the owner too.
            List<ProcessHandle> processes = victim.descendants().toList();
            processes.get(random.nextInt(processes.size())).destroyForcibly();
            if (round % 2 == 0) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(50));
            }
            Victim.kill(victim.toHandle());
            awaitNothingLeft("round " + round);
        }
    }

    @Test
    void theOwnerIsToldWhenItsSupervisorIsKilledAndCanGoOn() throws Exception {
        for (String storage : List.of("overlay", "copy")) {
            try (Paddock paddock = Engines.storedAs(storage, HOME)) {
                PostgresServer server = paddock.start(ServerSpec.create());
                long supervisor = supervisor(server);
                Victim.kill(ProcessHandle.of(supervisor).orElseThrow());
                Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> !server.isAlive());
                server.close();
                try (PostgresServer next = paddock.start(ServerSpec.create())) {
                    assertThat(next.isAlive()).isTrue();
                }
            }
        }
    }

    @Test
    void aStandingServerEndsWithItsSupervisor() throws Exception {
        for (String storage : List.of("overlay", "copy")) {
            try (Paddock paddock = Engines.storedAs(storage, HOME)) {
                String name = "killed-" + storage;
                paddock.up(Optional.of(name), ServerSpec.create());
                ProcessStamp supervisor = ProcessStamp.parse(String.valueOf(
                                paddock.registry().get(name).handle().get("supervisor")))
                        .orElseThrow();
                ProcessStamp postmaster = ProcessStamp.parse(String.valueOf(
                                paddock.registry().get(name).handle().get("postmaster")))
                        .orElseThrow();
                Victim.kill(ProcessHandle.of(supervisor.pid()).orElseThrow());
                Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> !postmaster.isAlive());
                assertThat(paddock.registry().find(name)).isEmpty();
                assertThat(paddock.registry().known(name).end())
                        .hasValueSatisfying(end -> assertThat(end.reason()).contains("its supervising process"));
                paddock.down(name);
                assertThatThrownBy(() -> paddock.down(name)).isInstanceOf(PaddockException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aStandingServerThatWasKilledIsListedWithTheEndOfItsLogUntilItIsRemoved(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            String name = "dead-" + storage;
            Instant before = Instant.now().minusSeconds(1);
            long postmaster = Long.parseLong(
                    paddock.up(Optional.of(name), ServerSpec.create()).identity());
            Victim.kill(ProcessHandle.of(postmaster).orElseThrow());
            assertThat(paddock.registry().list()).noneMatch(each -> each.name().equals(name));
            ServerEnd end = paddock.registry().known(name).end().orElseThrow();
            assertThat(end.reason()).contains("was killed by signal 9");
            assertThat(end.when()).hasValueSatisfying(when -> assertThat(when).isBetween(before, Instant.now()));
            assertThat(end.lastLogLines()).anySatisfy(line -> assertThat(line).contains("ready to accept connections"));
            assertThatThrownBy(() -> paddock.registry().get(name)).hasMessageContaining("was killed by signal 9");
            // The name can be had again, and what was there before is forgotten.
            paddock.up(Optional.of(name), ServerSpec.create());
            assertThat(paddock.registry().known(name).end()).isEmpty();
            paddock.down(name);
            assertThat(paddock.registry().look(name)).isEmpty();
        }
    }

    @Test
    void whatIsToldOfTheEndOfAServerIsNotTakenForTheEndOfTheNextOfItsName() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            String name = "noted-" + ProcessHandle.current().pid();
            ServerRecord first = paddock.up(Optional.of(name), ServerSpec.create());
            Victim.kill(ProcessHandle.of(Long.parseLong(first.identity())).orElseThrow());
            assertThat(paddock.registry().known(name).end().orElseThrow().reason())
                    .contains("was killed by signal 9");
            // As the hint says where a record is damaged.
            Files.delete(HOME.stateFolder("servers").resolve(name + ".server"));

            ServerRecord second = paddock.up(Optional.of(name), ServerSpec.create());
            Victim.kill(ProcessHandle.of(supervisor(second)).orElseThrow());

            assertThat(paddock.registry().known(name).end().orElseThrow().reason())
                    .contains("its supervising process");
            paddock.down(name);
            assertThat(HOME.stateFolder("servers"))
                    .isDirectoryNotContaining(
                            file -> file.getFileName().toString().startsWith(name));
        }
    }

    @Test
    void aServerThatTakesTheNameOfOneThatIsJustBeingStoppedStaysKnown() throws Exception {
        String name = "passed-on-" + ProcessHandle.current().pid();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                Paddock another = Engines.storedAs("overlay", HOME)) {
            for (int round = 0; round < Often.times(5); round++) {
                paddock.up(Optional.of(name), ServerSpec.create());
                Future<ServerRecord> next = other.submit(() -> asSoonAsItIsFree(another, name));
                paddock.down(name);
                ServerRecord second = next.get(60, TimeUnit.SECONDS);
                assertThat(paddock.registry().get(name)).isEqualTo(second);
                assertThat(paddock.attach(second).isAlive()).isTrue();
                paddock.down(name);
            }
        } finally {
            other.shutdown();
        }
    }

    private static ServerRecord asSoonAsItIsFree(Paddock paddock, String name) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(50))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .ignoreExceptionsInstanceOf(PaddockException.class)
                .until(() -> paddock.up(Optional.of(name), ServerSpec.create()), Objects::nonNull);
    }

    @Test
    void whoMakesASnapshotOfAServerThatIsKilledMeanwhileIsToldThat() throws Exception {
        String name = "frozen-" + ProcessHandle.current().pid();
        Random random = new Random(20261130);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            for (int round = 0; round < Often.times(12); round++) {
                ServerRecord server = paddock.up(Optional.of(name), ServerSpec.create());
                Future<Snapshot> snapshot = other.submit(() -> paddock.freeze(name, name));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(120));
                Victim.kill(ProcessHandle.of(supervisor(server)).orElseThrow());
                try {
                    snapshot.get(60, TimeUnit.SECONDS);
                    paddock.snapshots().remove(name);
                } catch (ExecutionException killed) {
                    assertThat(killed.getCause())
                            .isInstanceOf(PaddockException.class)
                            .hasMessageMatching("the server .*ended.*");
                }
                paddock.down(name);
            }
        } finally {
            other.shutdown();
        }
    }

    private static long supervisor(ServerRecord server) {
        return ProcessStamp.parse(String.valueOf(server.handle().get("supervisor")))
                .orElseThrow()
                .pid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "folder", "garbage"})
    void aFolderOfNoSessionKeepsNobodyFromStartingAServer(String owner) throws Exception {
        // As if whoever started the tests had made it, so that no other test takes it for one that was left behind.
        ProcessStamp maker = ProcessHandle.current()
                .parent()
                .flatMap(parent -> ProcessStamp.of(parent.pid()))
                .orElseThrow();
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Path session = Files.createDirectory(Path.of("/dev/shm", "paddock-" + self + "-" + maker + "-odd"));
        Path odd = session.resolve("owner");
        try {
            switch (owner) {
                case "pipe" ->
                    new ProcessBuilder("mkfifo", odd.toString()).start().waitFor();
                case "folder" -> Files.createDirectories(odd.resolve("inner"));
                default -> Files.write(odd, new byte[] {-1, 0, -2, 10, 7});
            }
            try (Paddock paddock = Engines.storedAs("copy", HOME);
                    PostgresServer server = paddock.start(ServerSpec.create())) {
                assertThat(server.isAlive()).isTrue();
            }
        } finally {
            dev.paddock.home.Folders.delete(session);
        }
    }

    @Test
    void manyWhoAskForAnyNameAtOnceEachGetOne() throws Exception {
        PaddockHome own = PaddockHome.under(temp.resolve("names"));
        ServerRegistry registry = new ServerRegistry(own, server -> Optional.empty());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> names = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                names.add(threads.submit(() -> {
                    try (ServerRegistry.Claim claim = registry.claimNext()) {
                        claim.fulfil(record(claim.name()));
                        return claim.name();
                    }
                }));
            }
            Set<String> different = new HashSet<>();
            for (Future<String> each : names) {
                different.add(each.get(60, TimeUnit.SECONDS));
            }
            assertThat(different).hasSize(64);
            assertThat(registry.list()).hasSize(64);
        } finally {
            threads.shutdown();
        }
    }

    private static ServerRecord record(String name) {
        return new ServerRecord(
                name,
                "embedded",
                PostgresVersion.parse("18.0"),
                new ConnectionInfo("127.0.0.1", 5432, "postgres", Secret.generate(), "postgres"),
                Optional.empty(),
                Optional.empty(),
                "overlay",
                "1",
                Instant.now(),
                Optional.empty(),
                Map.of());
    }

    @Test
    void whatASessionLeftBehindThatNobodyCouldEndIsSweptByTheNext() throws Exception {
        fill("copy");
        Process victim = Victim.start(HOME.cache().resolve(".."), temp, "copy");
        Victim.awaitServer(victim);
        // All at once, so that neither the guard nor the supervisor can do anything for the other.
        List<ProcessHandle> shells = victim.descendants()
                .filter(each -> each.info()
                        .command()
                        .filter(command -> !command.endsWith("postgres"))
                        .isPresent())
                .toList();
        victim.toHandle().destroyForcibly();
        shells.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await()
                .until(() -> shells.stream()
                        .allMatch(shell -> ProcessStamp.of(shell.pid()).isEmpty()));
        try (Paddock paddock = Engines.storedAs("copy", HOME)) {
            paddock.start(ServerSpec.create()).close();
        }
        awaitNothingLeft("after the sweep");
    }

    @Test
    void aServerDiesAloneWhenItIsKilled() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer doomed = paddock.start(ServerSpec.create());
                PostgresServer other = paddock.start(ServerSpec.create())) {
            Victim.kill(ProcessHandle.of(Long.parseLong(doomed.identity())).orElseThrow());
            Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> !doomed.isAlive());
            assertThat(doomed.lastLogLines(5)).isNotEmpty();
            assertThat(other.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void nothingIsLeftOfServersThatWaitedInAPool(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                PostgresServer warm = paddock.start(ServerSpec.create())) {
            long supervisor = supervisor(warm);
            ServerPool pool = paddock.pool(ServerSpec.create(), new PoolSettings(3, 2));
            Awaitility.await().until(() -> pool.ready() == 3);
            assertThat(postmasters(supervisor)).isEqualTo(4);
            pool.close();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(postmasters(supervisor)).isEqualTo(1));
        }
    }

    private static long postmasters(long supervisor) {
        return ProcessHandle.of(supervisor)
                .orElseThrow()
                .descendants()
                .filter(LifetimeTest::isPostgres)
                .filter(each -> !each.parent().filter(LifetimeTest::isPostgres).isPresent())
                .count();
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    private void awaitNothingLeft(String when) {
        // It takes a fraction of a second; a busy machine that gets round to it later is no fault of ours.
        Awaitility.await(when)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(traces.find()).isEmpty());
    }

    private static long supervisor(PostgresServer server) {
        return ProcessHandle.of(Long.parseLong(server.identity()))
                .flatMap(ProcessHandle::parent)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid();
    }

    /** So that no round is about preparing PostgreSQL. */
    private static void fill(String storage) {
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            paddock.start(ServerSpec.create()).close();
        }
    }
}
