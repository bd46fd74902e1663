package dev.paddock.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

/** That a test never reaches what the application's configuration says of production. */
final class ProductionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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

    @ParameterizedTest
    @ValueSource(
            classes = {
                ProductionSamples.FlywayOfItsOwn.class,
                ProductionSamples.FlywayByEnvironment.class,
                ProductionSamples.FlywayByDynamicProperty.class,
                ProductionSamples.FlywayAsAnother.class,
                ProductionSamples.LiquibaseOfItsOwn.class,
                ProductionSamples.LiquibaseAsAnother.class,
                ProductionSamples.ScriptsAsAnother.class
            })
    void migrationsWithADatabaseOrAUserOfTheirOwnFillTheTestsDatabase(Class<?> sample) throws Exception {
        try (SampleRun run = SampleRun.of(sample)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ProductionSamples.FlywayOfItsOwn.class,
                ProductionSamples.FlywayAsAnother.class,
                ProductionSamples.LiquibaseOfItsOwn.class,
                ProductionSamples.LiquibaseAsAnother.class,
                ProductionSamples.ScriptsAsAnother.class
            })
    void theUserOfTheMigrationsIsMadeAndIsThereAfterEachRefresh(Class<?> sample) throws Exception {
        try (SampleRun run = SampleRun.of(sample)) {
            assertThat(owner(run)).isEqualTo("shop_owner");
            run.context().getBean(ContextDatabase.class).refresh();
            assertThat(owner(run)).isEqualTo("shop_owner");
        }
    }

    private static String owner(SampleRun run) throws Exception {
        return run.test(
                jdbc -> jdbc.queryForObject("SELECT tableowner FROM pg_tables WHERE tablename = 'pony'", String.class));
    }

    @Test
    void theUserOfTheMigrationsReadsWhatATemplateHas() throws Exception {
        try (SampleRun run = SampleRun.of(ProductionSamples.FlywayAsAnotherUponATemplate.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @Test
    void noPasswordOfProductionIsUsed() throws Exception {
        try (SampleRun run = SampleRun.of(ProductionSamples.FlywayOfItsOwn.class)) {
            Database database = run.context().getBean(ContextDatabase.class).database();
            assertThat(run.context().getEnvironment().getProperty("spring.flyway.password"))
                    .isEqualTo(database.password());
        }
    }

    @Test
    void aSecondDataSourceIsRefusedWithItsNameAndItsProperty() {
        assertThatThrownBy(() -> SampleRun.of(ProductionSamples.SecondDataSource.class))
                .rootCause()
                .hasMessageContaining("the bean 'horseSource' leads to a database that isn't this test's:"
                        + " jdbc:postgresql://production.invalid/horses, by the property app.horses.jdbc-url")
                .hasMessageContaining("@PaddockTest(elsewhere = \"horseSource\")")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aSecondDataSourceMayLeadElsewhereOnPurpose() throws Exception {
        try (SampleRun run = SampleRun.of(ProductionSamples.SecondDataSourceOnPurpose.class)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ProductionSamples.SecondDataSourceInMemory.class,
                ProductionSamples.SecondDataSourceToTheSame.class
            })
    void aSecondDataSourceInMemoryOrToTheSameServerIsLeft(Class<?> sample) throws Exception {
        try (SampleRun run = SampleRun.of(sample)) {
            assertThat(run.test(SampleRun::ponies)).containsExactly("Merlin");
        }
    }

    @Test
    void severalDataSourcesAreReplaced() throws Exception {
        try (SampleRun run = SampleRun.of(ProductionSamples.BothReplaced.class)) {
            run.test(jdbc -> new JdbcTemplate(run.context().getBean("horseSource", DataSource.class))
                    .update("INSERT INTO pony (name) VALUES ('Luna')"));
            assertThat(new JdbcTemplate(run.context().getBean("ponySource", DataSource.class))
                            .queryForList("SELECT name FROM pony ORDER BY id", String.class))
                    .containsExactly("Merlin", "Luna");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ProductionSamples.WrappedDataSource.class,
                ProductionSamples.InlineDataSource.class,
                ProductionSamples.FlywayBean.class,
                ProductionSamples.PersistenceUnit.class,
                ProductionSamples.SessionFactory.class,
                ProductionSamples.SessionFactoryByProperties.class,
                ProductionSamples.QuartzPool.class
            })
    void whateverElseLeadsToProductionIsRefused(Class<?> sample) {
        assertThatThrownBy(() -> SampleRun.of(sample))
                .rootCause()
                .hasMessageContaining("leads to a database that isn't this test's: " + ProductionSamples.PRODUCTION);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ProductionSamples.PersistenceUnitOfAFile.class,
                ProductionSamples.ContainersPersistenceUnitOfAFile.class,
                ProductionSamples.SessionFactoryOfAFile.class
            })
    void whatAFileOfAPersistenceUnitMayNameIsRefusedBeforeItConnects(Class<?> sample) {
        assertThatThrownBy(() -> SampleRun.of(sample))
                .rootCause()
                .hasMessageContaining(
                        "leads to a database that isn't this test's: one that a file of its persistence unit"
                                + " may name, and Spring doesn't know")
                .hasMessageContaining("Have it use the context's DataSource");
    }

    @Test
    void aPersistenceUnitOnTheContextsDataSourceWorks() throws Exception {
        try (SampleRun run = SampleRun.of(ProductionSamples.PersistenceUnitOfTheContext.class)) {
            assertThat(run.context().containsBean("entityManagerFactory")).isTrue();
        }
    }

    @Test
    void aSessionFactoryOnTheContextsDataSourceWorks() throws Exception {
        try (SampleRun run = SampleRun.of(ProductionSamples.SessionFactoryOfTheContext.class)) {
            assertThat(run.context().containsBean("sessions")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ProductionSamples.ReactiveByProperties.class, ProductionSamples.ReactiveByBean.class})
    void reactiveConnectionsLeadToTheTestsDatabaseAlsoAfterARefresh(Class<?> sample) throws Exception {
        try (SampleRun run = SampleRun.of(sample)) {
            DatabaseClient client = run.context().getBean(DatabaseClient.class);
            assertThat(reactivePonies(client)).containsExactly("Merlin");
            client.sql("INSERT INTO pony (name) VALUES ('Luna')").then().block(PATIENCE);
            assertThat(reactivePonies(client)).containsExactly("Merlin", "Luna");
            run.context().getBean(ContextDatabase.class).refresh();
            assertThat(reactivePonies(client)).containsExactly("Merlin");
        }
    }

    private static List<String> reactivePonies(DatabaseClient client) {
        return client.sql("SELECT name FROM pony ORDER BY id")
                .mapValue(String.class)
                .all()
                .collectList()
                .block(PATIENCE);
    }

    @Test
    void aSecondConnectionFactoryIsRefused() {
        assertThatThrownBy(() -> SampleRun.of(ProductionSamples.SecondConnectionFactory.class))
                .rootCause()
                .hasMessageContaining("the bean 'horseFactory' leads to a database that isn't this test's");
    }

    @Test
    void whatDoesntTellWhereItLeadsIsRefused() {
        assertThatThrownBy(() -> SampleRun.of(ProductionSamples.UntoldDataSource.class))
                .rootCause()
                .hasMessageContaining("the bean 'horseSource' leads to a database that isn't this test's: where a ");
    }
}
