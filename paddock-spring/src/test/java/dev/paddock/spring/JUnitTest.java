package dev.paddock.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.paddock.Paddock;
import dev.paddock.registry.ServerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** What users of JUnit notice. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic", "UnusedMethod", "UnusedVariable"})
final class JUnitTest {
    @TempDir
    Path reports;

    @BeforeAll
    static void useTheHomeOfTheBuild() {
        System.setProperty(
                "paddock.home",
                Path.of("target", "paddock-home").toAbsolutePath().toString());
    }

    @AfterAll
    static void useTheHomeOfTheUserAgain() {
        System.clearProperty("paddock.home");
    }

    @AfterEach
    void stopWhatWasKept() {
        System.clearProperty("paddock.evidence.folder");
        System.clearProperty("paddock.evidence");
        try (Paddock paddock = Paddock.embedded()) {
            kept(paddock).forEach(each -> paddock.down(each.name()));
        }
    }

    private static List<ServerRecord> kept(Paddock paddock) {
        return paddock.registry().list().stream()
                .filter(each -> each.name().startsWith("failed-JUnitTest-"))
                .toList();
    }

    private EngineExecutionResults run(Class<?>... types) {
        System.setProperty("paddock.evidence.folder", reports.toString());
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(types)
                        .map(type -> selectClass(type))
                        .toArray(each -> new org.junit.platform.engine.DiscoverySelector[each]))
                .execute();
    }

    /** A class that leaves a pony, within one that others inherit. */
    @SpringBootTest(classes = Samples.Application.class)
    @PaddockTest
    abstract static class Annotated {
        @Nested
        class Inner {
            @Autowired
            JdbcTemplate jdbc;

            @Test
            void findsNoOtherPony() {
                assertThat(SampleRun.ponies(jdbc)).containsExactly("Merlin");
                jdbc.update("INSERT INTO pony (name) VALUES ('Luna')");
            }
        }
    }

    static class First extends Annotated {}

    static class Second extends Annotated {}

    @Test
    void nestedClassesOfAClassThatOthersInheritAreRefreshedForEachOfThese() {
        run(First.class, Second.class)
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(2).failed(0));
    }

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = "spring.datasource.url=jdbc:postgresql://production.invalid/shop")
    @PaddockTest(refresh = Refresh.METHOD)
    static class Failing {
        @Autowired
        JdbcTemplate jdbc;

        @Test
        void losesAPony() {
            jdbc.update("INSERT INTO pony (name) VALUES (?)", "Luna");
            assertThat(SampleRun.ponies(jdbc)).containsExactly("Luna");
        }
    }

    @Test
    void aFailedTestLeavesAReportAndItsDatabase() throws IOException, SQLException {
        EngineExecutionResults results = run(Failing.class);

        Throwable failure = results.testEvents().failed().stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
        Path page = page().orElseThrow();
        assertThat(failure.getSuppressed())
                .anySatisfy(line -> assertThat(line.toString())
                        .contains("report: " + page, "database: jdbc:postgresql://127.0.0.1:"));
        assertThat(page)
                .content()
                .contains("JUnitTest.Failing.losesAPony failed")
                .contains("public.pony: 1 added")
                .contains("INSERT INTO pony (name) VALUES (?)", "'Luna'")
                .doesNotContain("CREATE TABLE");
        try (Paddock paddock = Paddock.embedded()) {
            String url = kept(paddock).get(0).connection().jdbcUrlWithCredentials();
            try (Connection connection = DriverManager.getConnection(url);
                    ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM pony")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void evidenceIsSwitchedOffByAProperty() throws IOException {
        System.setProperty("paddock.evidence", "off");
        run(Silent.class).testEvents().assertStatistics(statistics -> statistics.failed(1));
        assertThat(page()).isEmpty();
    }

    @SpringBootTest(classes = Samples.Application.class, properties = "a=b")
    @PaddockTest
    static class Silent {
        @Test
        void fails() {
            throw new AssertionError("on purpose");
        }
    }

    private java.util.Optional<Path> page() throws IOException {
        try (Stream<Path> all = Files.walk(reports)) {
            return all.filter(each -> each.endsWith("report.md")).findFirst();
        }
    }
}
