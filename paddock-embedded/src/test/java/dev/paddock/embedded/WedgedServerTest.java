package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.engine.EngineServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Lease;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.TemplateSpec;
import dev.paddock.wire.WireConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that somebody has stopped answer nobody, and keep nobody waiting for ever. Most of this is waiting, so it is done at once. */
@Timeout(120)
final class WedgedServerTest {
    private static final PaddockHome HOME =
            PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TemplateSpec TEMPLATE = TemplateSpec.of(ServerSpec.create());

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"overlay", "copy"})
    void closingEndsAServerWhoseProcessesAreStopped(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            PostgresServer server = paddock.start(ServerSpec.create());
            long postmaster = Long.parseLong(server.identity());
            List<Long> family = family(postmaster);
            signal("STOP", family);
            long begun = System.nanoTime();
            server.close();
            assertThat(since(begun)).isLessThan(SOON);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(family)
                            .allSatisfy(pid -> assertThat(ProcessStamp.of(pid)).isEmpty()));
            server.close();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void downEndsAStandingServerWhoseProcessesAndSupervisorAreStopped() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            var handle = paddock.up(Optional.of("stopped"), ServerSpec.create()).handle();
            ProcessStamp supervisor =
                    ProcessStamp.parse(String.valueOf(handle.get("supervisor"))).orElseThrow();
            ProcessStamp postmaster =
                    ProcessStamp.parse(String.valueOf(handle.get("postmaster"))).orElseThrow();
            signal("STOP", List.of(supervisor.pid(), postmaster.pid()));
            long begun = System.nanoTime();
            paddock.down("stopped");
            assertThat(since(begun)).isLessThan(SOON);
            assertThat(postmaster.isAlive()).isFalse();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void startUnderAStoppedSupervisorFailsInTimeAndNamesIt() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            PostgresServer first = paddock.start(ServerSpec.create());
            long supervisor = supervisor(first);
            signal("STOP", List.of(supervisor));
            long begun = System.nanoTime();
            assertThatThrownBy(() -> paddock.start(ServerSpec.create().withStartTimeout(Duration.ofSeconds(2))))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("the supervising process " + supervisor + " has not started PostgreSQL")
                    .satisfies(failure -> assertThat(((PaddockException) failure).hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("kill -CONT " + supervisor)));
            assertThat(since(begun)).isLessThan(SOON);
            signal("CONT", List.of(supervisor));
            // What was asked of it meanwhile leaves nothing behind.
            Awaitility.await().until(() -> first.isAlive() && postmasters(supervisor) == 1);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @SameForEveryUser
    void eachAnswerHasADeadlineUnlessItIsToldToTakeItsTime() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            EngineServer server = paddock.attach(paddock.up(Optional.of("slow"), ServerSpec.create()));
            try (WireConnection connection = server.control("postgres", Duration.ofMillis(500))) {
                connection.execute("SELECT pg_sleep(1.2)", Duration.ofSeconds(30));
                assertThat(connection.query("SELECT 1")).hasSize(1);
                long begun = System.nanoTime();
                assertThatThrownBy(() -> connection.execute("SELECT pg_sleep(60)"))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("did not answer within 500 ms");
                assertThat(since(begun)).isLessThan(Duration.ofSeconds(5));
            } finally {
                paddock.down("slow");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @SameForEveryUser
    void snapshotOfAStoppedServerFailsAndSaysHowToLetItGoOn() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            long postmaster = Long.parseLong(server.identity());
            signal("STOP", List.of(postmaster));
            assertThatThrownBy(() -> server.snapshot("of-a-stopped-one"))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("the process " + postmaster + " of the server has been stopped");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDatabaseIsLentAfterOneWhoseServerStandsStillWasGivenBack() throws Exception {
        try (Paddock paddock = Engines.storedAs(
                "overlay", HOME, LeaseSettings.DEFAULT.withMost(1).withPatience(Duration.ofSeconds(60)))) {
            DatabasePool pool = paddock.databases(TEMPLATE);
            Lease first = pool.lease("first");
            List<Long> cell = family(Servers.postmasterOn(first.database().port()));
            signal("STOP", cell);
            first.close();
            try (Lease second = pool.lease("second")) {
                assertThat(ask(second.database(), "SELECT 42")).isEqualTo("42");
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(cell)
                            .allSatisfy(pid -> assertThat(ProcessStamp.of(pid)).isEmpty()));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @SameForEveryUser
    void whatAHolderLeftLockedCountsAsLentAndIsReplaced() throws Exception {
        TemplateSpec prepared = TemplateSpec.of(ServerSpec.create().withSetting("max_prepared_transactions", "2"));
        try (Paddock paddock = Engines.storedAs(
                "overlay", HOME, LeaseSettings.DEFAULT.withMost(1).withPatience(Duration.ofSeconds(1)))) {
            DatabasePool pool = paddock.databases(prepared);
            Lease first = pool.lease("locker");
            try (Connection connection = first.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("BEGIN; LOCK TABLE pg_database IN SHARE MODE; PREPARE TRANSACTION 'left'");
            }
            first.close();
            assertThatThrownBy(() -> pool.lease("hasty"))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("no database came free within 1000 ms")
                    .hasMessageContaining("locker (given back");
            // Another cell takes its place as soon as that is known.
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                try (Lease next = pool.lease("patient")) {
                    return ask(next.database(), "SELECT 1").equals("1");
                }
            });
        }
    }

    private static String ask(Database database, String sql) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static List<Long> family(long postmaster) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(postmaster),
                        ProcessHandle.of(postmaster).orElseThrow().children().map(ProcessHandle::pid))
                .toList();
    }

    private static long supervisor(PostgresServer server) {
        return ProcessHandle.of(Long.parseLong(server.identity()))
                .flatMap(ProcessHandle::parent)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid();
    }

    private static long postmasters(long supervisor) {
        return ProcessHandle.of(supervisor)
                .orElseThrow()
                .children()
                .filter(each -> ProcessStamp.of(each.pid()).isPresent())
                .count();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void signal(String name, List<Long> pids) throws Exception {
        for (long pid : pids) {
            // One that has ended by itself in between needs no signal.
            int unused = new ProcessBuilder("kill", "-s", name, Long.toString(pid))
                    .start()
                    .waitFor();
        }
    }
}
