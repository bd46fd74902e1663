package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.registry.ServerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What a failed test leaves, and what it doesn't. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic", "UnusedMethod", "UnusedVariable"})
final class FailedTestsTest {
    @TempDir
    Path reports;

    @AfterEach
    void stopWhatWasKept() {
        try (Paddock paddock = Runs.paddock()) {
            for (ServerRecord each : paddock.registry().list()) {
                if (each.name().startsWith("failed-FailedTestsTest-")) {
                    paddock.down(each.name());
                }
            }
        }
    }

    private EngineExecutionResults run(Map<String, String> more, Class<?>... types) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("paddock.evidence.folder", reports.toString());
        return Runs.of(settings, types);
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.walk(reports)) {
            return all.filter(each -> each.endsWith("report.md")).sorted().toList();
        }
    }

    private static List<Map<String, String>> entries(EngineExecutionResults results) {
        return results.allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .filter(entry -> entry.containsKey("paddock.report"))
                .toList();
    }

    static final class Orders {
        @Test
        void loseOne(@TestDatabase(migrations = "classpath:orders") DataSource db) throws SQLException {
            Sql.ask(db, "insert into orders (item) values ('bridle')");
            fail("there are two orders");
        }

        @Test
        void areFine(@TestDatabase(migrations = "classpath:orders") DataSource db) {}

        @Test
        void areNotToBeCountedHere(@TestDatabase DataSource db) {
            Assumptions.assumeTrue(false);
        }
    }

    @Test
    void aReportTellsWhatTheTestDidAndHowToConnectToItsDatabaseAsItWas() throws Exception {
        EngineExecutionResults results = run(Map.of(), Orders.class);

        Path page = reports.resolve("dev.paddock.junit.FailedTestsTest.Orders/loseOne/report.md");
        assertThat(pages()).containsExactly(page);
        assertThat(page)
                .content()
                .contains(
                        "there are two orders", "insert into orders (item) values ('bridle')", "paddock psql failed-");
        assertThat(page.resolveSibling("difference.txt")).content().contains("bridle");
        assertThat(entries(results)).singleElement().satisfies(entry -> {
            assertThat(entry).containsEntry("paddock.report", page.toString());
            assertThat(entry.get("paddock.jdbc")).startsWith("jdbc:postgresql://");
        });
        Throwable failure = Runs.failure(results);
        assertThat(failure).hasMessage("there are two orders");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .hasMessage("report: " + page + "; database: "
                                + kept().get(0).connection().jdbcUrl() + " (its password is in the report)"));
        assertThat(kept()).singleElement().satisfies(server -> {
            assertThat(server.until()).isPresent();
            assertThat(Sql.ask(Database.of(server.connection()).dataSource(), "select count(*) from orders"))
                    .isEqualTo("2");
        });
    }

    private static List<ServerRecord> kept() {
        try (Paddock paddock = Runs.paddock()) {
            return paddock.registry().list().stream()
                    .filter(each -> each.name().startsWith("failed-FailedTestsTest-"))
                    .toList();
        }
    }

    static final class FailEverywhere {
        @TestDatabase
        static DataSource shared;

        @TestServer
        PostgresServer server;

        private final List<String> where = new ArrayList<>();

        @BeforeEach
        void before(org.junit.jupiter.api.TestInfo test) throws SQLException {
            Sql.ask(shared, "create table if not exists seen ()");
            if (test.getDisplayName().startsWith("failsBefore")) {
                fail("before");
            }
        }

        @Test
        void failsBefore() {}

        @Test
        void failsAfter() {}

        @TestFactory
        Stream<DynamicTest> steps() {
            return Stream.of(DynamicTest.dynamicTest("failing step", () -> fail("step")));
        }

        @AfterEach
        void after(org.junit.jupiter.api.TestInfo test) {
            if (test.getDisplayName().startsWith("failsAfter")) {
                fail("after");
            }
        }
    }

    @Test
    void failuresOfFixturesAndDynamicTestsAreReportedWithTheDatabasesOfTheClassAndServersToo() throws IOException {
        EngineExecutionResults results = run(Map.of("paddock.evidence.keep", "2"), FailEverywhere.class);

        assertThat(Runs.failures(results))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("before", "after", "step");
        assertThat(pages())
                .map(page -> reports.relativize(page).toString())
                .containsExactly(
                        "dev.paddock.junit.FailedTestsTest.FailEverywhere/failsAfter/database/report.md",
                        "dev.paddock.junit.FailedTestsTest.FailEverywhere/failsAfter/database2/report.md",
                        "dev.paddock.junit.FailedTestsTest.FailEverywhere/failsBefore/database/report.md",
                        "dev.paddock.junit.FailedTestsTest.FailEverywhere/failsBefore/database2/report.md",
                        "dev.paddock.junit.FailedTestsTest.FailEverywhere/steps-failing-step/database/report.md",
                        "dev.paddock.junit.FailedTestsTest.FailEverywhere/steps-failing-step/database2/report.md");
        assertThat(kept()).as("no more than allowed").hasSize(2);
    }

    static final class FailsBeforeAll {
        @BeforeAll
        static void fill(@TestDatabase DataSource db) throws SQLException {
            Sql.ask(db, "create table filled ()");
            fail("not filled");
        }

        @Test
        void neverRuns() {}
    }

    @Test
    void aFailureBeforeAllTestsIsReportedForTheClass() throws IOException {
        assertThat(Runs.failure(run(Map.of(), FailsBeforeAll.class))).hasMessage("not filled");

        assertThat(pages())
                .containsExactly(reports.resolve("dev.paddock.junit.FailedTestsTest.FailsBeforeAll/class/report.md"));
    }

    static final class KillsItsServer {
        @Test
        void andFails(@TestServer PostgresServer server) {
            server.close();
            fail("it's gone");
        }
    }

    @Test
    void whateverCannotBeGatheredTheTestsOwnFailureIsTold() throws IOException {
        Files.createFile(reports.resolve("dev.paddock.junit.FailedTestsTest.Orders"));

        assertThat(Runs.failures(run(Map.of(), KillsItsServer.class, Orders.class)))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("it's gone", "there are two orders");
    }

    @Test
    void switchedOffNothingIsLeft() throws IOException {
        EngineExecutionResults results = run(Map.of("paddock.evidence", "off"), Orders.class);

        assertThat(Runs.failure(results).getSuppressed()).isEmpty();
        assertThat(pages()).isEmpty();
        assertThat(kept()).isEmpty();
    }
}
