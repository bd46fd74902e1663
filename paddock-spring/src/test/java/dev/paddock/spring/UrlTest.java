package dev.paddock.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** Applications that have Paddock's URL among their properties, and no annotation. */
final class UrlTest {

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

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = {
                "spring.datasource.url=jdbc:paddock:///shop",
                "spring.datasource.driver-class-name=dev.paddock.jdbc.PaddockDriver",
                "spring.flyway.url=jdbc:paddock:///shop",
                "spring.flyway.driver-class-name=dev.paddock.jdbc.PaddockDriver"
            })
    static class Whole {}

    @Test
    void flywayTakesTheUrlToo() throws Exception {
        try (SampleRun run = SampleRun.of(Whole.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @JdbcTest(
            properties = {
                "spring.liquibase.enabled=false",
                "spring.datasource.url=jdbc:paddock:///stable",
                "spring.datasource.driver-class-name=dev.paddock.jdbc.PaddockDriver",
                "spring.test.database.replace=none"
            })
    @ContextConfiguration(classes = Samples.Application.class)
    static class Slice {}

    @Test
    void aSliceKeepsItWhereNothingReplacesIt() throws Exception {
        try (SampleRun run = SampleRun.of(Slice.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
            String version = run.test(jdbc -> jdbc.queryForObject("SELECT version()", String.class));
            assertThat(version).startsWith("PostgreSQL");
        }
    }
}
