package dev.paddock.spring;

import static dev.paddock.spring.SampleRun.ponies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.database.Database;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** What users of the annotation notice. */
final class PaddockTestTest {

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

    @Test
    void eachClassFindsWhatTheApplicationPutInWhenItStarted() throws Exception {
        ApplicationContext first;
        try (SampleRun run = SampleRun.of(Samples.PerClass.class)) {
            first = run.context();
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
            run.test(jdbc -> jdbc.update("INSERT INTO pony (name) VALUES ('Luna')"));
            assertThat(run.test("second", SampleRun::ponies)).containsExactly("Merlin", "Luna");
        }
        try (SampleRun run = SampleRun.of(Samples.PerClassToo.class)) {
            assertThat(run.context()).isSameAs(first);
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @Test
    void eachMethodFindsWhatTheApplicationPutInWhenItStarted() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.PerMethod.class)) {
            for (int number = 0; number < 3; number++) {
                run.test(jdbc -> jdbc.update("INSERT INTO pony (name) VALUES ('Luna')"));
                assertThat(run.test("second", SampleRun::ponies)).containsExactly("Merlin");
            }
        }
    }

    @Test
    void aTestRefreshesInItsMidst() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.PerClass.class)) {
            run.test(jdbc -> {
                jdbc.update("DELETE FROM pony");
                run.context().getBean(ContextDatabase.class).refresh();
                assertThat(ponies(jdbc)).containsExactly("Merlin");
                return true;
            });
        }
    }

    @Test
    void whatIsNeverRefreshedStays() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.Never.class)) {
            run.test(jdbc -> jdbc.update("INSERT INTO pony (name) VALUES ('Luna')"));
            assertThatThrownBy(
                            () -> run.context().getBean(ContextDatabase.class).refresh())
                    .hasMessageContaining("NEVER");
        }
        try (SampleRun run = SampleRun.of(Samples.NeverToo.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin", "Luna");
        }
    }

    @Test
    void transactionalTestsAreRolledBack() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.RolledBack.class)) {
            assertThat(run.<Integer>test(jdbc -> jdbc.update("DELETE FROM pony")))
                    .isEqualTo(1);
            assertThat(run.test("second", SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @Test
    void slicesKeepThisDatabase() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.Slice.class)) {
            String version = run.test(jdbc -> jdbc.queryForObject("SELECT version()", String.class));
            assertThat(version).startsWith("PostgreSQL");
        }
    }

    @Test
    void migrationsAreInTheTemplate() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.Migrated.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
            String memory = run.test(jdbc -> jdbc.queryForObject("SHOW work_mem", String.class));
            assertThat(memory).isEqualTo("7MB");
        }
    }

    @Test
    void anImageThatIsNamedIsRunAndEachClassFindsItAsTheApplicationLeftIt() throws Exception {
        try (DockerConnection engine = DockerConnection.open(System.getenv())) {
            engine.client().inspectImageCmd(Samples.IMAGE).exec();
        } catch (PaddockException | NotFoundException absent) {
            assumeTrue(false, "no Docker Engine with the image " + Samples.IMAGE + ": " + absent.getMessage());
        }
        try (SampleRun run = SampleRun.of(Samples.Contained.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
            String version = run.test(jdbc -> jdbc.queryForObject("SHOW server_version", String.class));
            assertThat(version).startsWith("15.");
            run.test(jdbc -> jdbc.update("DELETE FROM pony"));
        }
        try (SampleRun run = SampleRun.of(Samples.Contained.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @Test
    void aBrokenScriptIsToldWithItsPlace() {
        assertThatThrownBy(() -> SampleRun.of(Samples.Broken.class))
                .hasStackTraceContaining("broken.sql")
                .rootCause()
                .hasMessageContaining("syntax error");
    }

    @Test
    void itTakesThePlaceOfTheApplicationsOwnDataSource() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.WithOwnDataSource.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
            assertThat(run.context().getBeansOfType(DataSource.class)).containsOnlyKeys("ponySource");
        }
    }

    @Test
    void amongSeveralDataSourcesOneMustBeNamed() {
        assertThatThrownBy(() -> SampleRun.of(Samples.WithTwo.class))
                .hasStackTraceContaining("there are several DataSource beans, ponySource, horseSource: say which");
    }

    @Test
    void propertiesLeadThereToo() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.Never.class)) {
            Environment environment = run.context().getEnvironment();
            Database database = run.context().getBean(ContextDatabase.class).database();
            assertThat(environment.getProperty("spring.datasource.url")).isEqualTo(database.jdbcUrl());
            assertThat(environment.getProperty("spring.r2dbc.url"))
                    .isEqualTo("r2" + database.jdbcUrl().substring(1));
            assertThat(environment.resolvePlaceholders(
                            "${paddock.database.host}:${paddock.database.port}/${paddock.database.name}"))
                    .isEqualTo(database.host() + ":" + database.port() + "/" + database.name());
            assertThat(environment.getProperty("paddock.database.uri")).isEqualTo(database.uri());
        }
    }

    @Test
    void oneClassAtATimeUsesADatabaseThatIsRefreshed() throws Exception {
        try (SampleRun run = SampleRun.of(Samples.PerClass.class)) {
            assertThatThrownBy(() -> SampleRun.of(Samples.PerClassToo.class))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("PerClassToo can't have the context's database refreshed while")
                    .hasMessageContaining("@ResourceLock");
            assertThat(run.test(SampleRun::ponies)).contains("Merlin");
        }
        try (SampleRun run = SampleRun.of(Samples.PerClassToo.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @Test
    void theDatabaseEndsWithItsContext() throws Exception {
        JdbcTemplate jdbc;
        Database database;
        try (SampleRun run = SampleRun.of(Samples.Migrated.class)) {
            database = run.context().getBean(ContextDatabase.class).database();
            jdbc = run.jdbc();
            run.throwContextAway();
        }
        assertThatThrownBy(() -> database.dataSource().getConnection()).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> jdbc.execute("SELECT 1"))
                .hasStackTraceContaining("the context of this database is closed");
    }
}
