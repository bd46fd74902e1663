package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations become part of a template, by whichever tool they are meant for. */
public abstract class MigrationContract extends EngineContract {
    private static final ClassLoader NO_TOOLS = ClassLoader.getPlatformClassLoader();

    private Path folder = Path.of("");

    @BeforeEach
    void begin(@TempDir Path temporary) throws IOException {
        folder = temporary;
        // Nothing that an earlier run has left in the cache is what this one asks for.
        write("db/migration/notes.txt", newName("salt"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    private Path migration(String name, String sql) throws IOException {
        return write("db/migration/" + name, sql);
    }

    private URLClassLoader classPath() throws MalformedURLException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    private Layer files(ClassLoader tools) {
        return Layer.migrations("filesystem:" + folder.resolve("db/migration"), tools);
    }

    private static TemplateSpec template(Layer layer) {
        return TemplateSpec.of(ServerSpec.create()).with(layer);
    }

    private void writeHistoryOfTen() throws IOException {
        migration("V1__word.sql", "CREATE TABLE word (id int GENERATED ALWAYS AS IDENTITY, word text);");
        migration("V10__ten.sql", "INSERT INTO word (word) VALUES ('ten');");
        migration("V2__two.sql", "INSERT INTO word (word) VALUES ('two');");
        migration("V1.10__one_ten.sql", "INSERT INTO word (word) VALUES ('one ten');");
        migration("R__a.sql", "INSERT INTO word (word) VALUES ('${flyway:database}');");
        migration("U10__ten.sql", "DELETE FROM word;");
    }

    private static final String WORDS = "SELECT string_agg(word, ',' ORDER BY id) FROM word";

    @Test
    void withoutFlywayItsOrderIsKept() throws IOException, SQLException {
        writeHistoryOfTen();
        try (PostgresServer server = paddock.start(template(files(NO_TOOLS)))) {
            assertThat(ask(server, WORDS)).isEqualTo("one ten,two,ten,test");
        }
    }

    @Test
    void withFlywayTheApplicationsOwnFindsNothingLeftToDo() throws IOException, SQLException {
        writeHistoryOfTen();
        try (URLClassLoader loader = classPath();
                PostgresServer server = paddock.start(template(Layer.migrations("classpath:db/migration", loader)))) {
            assertThat(ask(server, WORDS)).isEqualTo("one ten,two,ten,test");
            assertThat(flyway(server, loader, "classpath:db/migration").migrationsExecuted)
                    .isZero();
        }
    }

    @Test
    void flywayTakesLayersOfSeveralLocationsAsOneHistory() throws IOException, SQLException {
        migration("V2__word.sql", "CREATE TABLE word (id int GENERATED ALWAYS AS IDENTITY, word text);");
        write("db/seed/V1.5__seed.sql", "SELECT 'too early, but in a layer above';");
        write("db/seed/R__words.sql", "INSERT INTO word (word) VALUES ('seeded');");
        try (URLClassLoader loader = classPath();
                PostgresServer server = paddock.start(template(Layer.migrations("classpath:db/migration", loader))
                        .with(Layer.migrations("classpath:db/seed", loader)))) {
            assertThat(ask(server, WORDS)).isEqualTo("seeded");
            assertThat(flyway(server, loader, "classpath:db/migration", "classpath:db/seed").migrationsExecuted)
                    .isZero();
        }
    }

    private static MigrateResult flyway(PostgresServer server, ClassLoader loader, String... locations) {
        return Flyway.configure(loader)
                .dataSource(server.database().dataSource())
                .locations(locations)
                .load()
                .migrate();
    }

    @Test
    void flywayRunsMigrationsInJava() throws SQLException {
        Layer java = Layer.migrations("classpath:dev/paddock/contract/javamigration");
        try (PostgresServer server = paddock.start(template(java))) {
            assertThat(ask(server, "SELECT count(*) FROM apple")).isEqualTo("0");
        }
    }

    @Test
    void aBaselineStandsForWhatItReplaces() throws IOException, SQLException {
        migration("V1__fails.sql", "SELECT 1 / 0;");
        migration("B2__all.sql", "CREATE TABLE word (id int, word text); INSERT INTO word VALUES (1, 'base');");
        migration("V3__three.sql", "INSERT INTO word VALUES (2, 'three');");
        for (ClassLoader tools : new ClassLoader[] {NO_TOOLS, getClass().getClassLoader()}) {
            try (PostgresServer server = paddock.start(template(files(tools)))) {
                assertThat(ask(server, WORDS)).isEqualTo("base,three");
            }
        }
    }

    @Test
    void whatCannotBeInATransactionIsRunWithoutOne() throws IOException, SQLException {
        migration("V1__word.sql", "CREATE TABLE word (id int, word text);");
        migration("V2__index.sql", "CREATE INDEX CONCURRENTLY word_word ON word (word);");
        for (ClassLoader tools : new ClassLoader[] {NO_TOOLS, getClass().getClassLoader()}) {
            try (PostgresServer server = paddock.start(template(files(tools)))) {
                assertThat(ask(server, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'word_word'::regclass"))
                        .isEqualTo("t");
            }
        }
    }

    @Test
    void aConfigurationBesideAMigrationIsFollowed() throws IOException, SQLException {
        migration("V1__word.sql", "CREATE TABLE word (id int, word text);\nINSERT INTO word VALUES (1, '${no}');");
        migration("V1__word.sql.conf", "executeInTransaction=false\nplaceholderReplacement=false");
        try (PostgresServer server = paddock.start(template(files(NO_TOOLS)))) {
            assertThat(ask(server, WORDS)).isEqualTo("${no}");
        }
    }

    @Test
    void everyToolsFailureSaysFileLineStatementAndReason() throws IOException {
        Path first = migration("V1__word.sql", "CREATE TABLE word (id int);\n\nINSERT INTO\n    wrd VALUES (1);\n");
        String expected = ", line 3: relation \"wrd\" does not exist (line 4)\n  in: INSERT INTO wrd VALUES (1)";
        assertThatThrownBy(() -> paddock.template(template(files(NO_TOOLS)))).hasMessageStartingWith(first + expected);
        assertThatThrownBy(() -> paddock.template(template(files(getClass().getClassLoader()))))
                .hasMessage(first + expected);
        write(
                "changes/db.changelog-master.sql",
                "--liquibase formatted sql\n--changeset me:1\nSELECT 1;\n--changeset me:2\n\nINSERT INTO\n    wrd VALUES (1);\n");
        assertThatThrownBy(() -> paddock.template(template(Layer.migrations(
                        folder.resolve("changes").toString(), getClass().getClassLoader()))))
                .hasMessage("db.changelog-master.sql, line 6: relation \"wrd\" does not exist (line 7)"
                        + "\n  in: INSERT INTO wrd VALUES (1)");
    }

    @Test
    void anUnknownPlaceholderIsRefused() throws IOException {
        Path file = migration("V1__word.sql", "--\nSELECT '${mine}';");
        assertThatThrownBy(() -> paddock.template(template(files(NO_TOOLS))))
                .isInstanceOf(PaddockException.class)
                .hasMessage(file + ", line 2: nothing is known to put in for the placeholder ${mine}");
    }

    private void writeChangelog() throws IOException {
        write("db/changelog/db.changelog-master.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                      author: me
                      changes:
                        - createTable:
                            tableName: word
                            columns:
                              - column: {name: id, type: int}
                              - column: {name: word, type: text}
                  - include: {file: db/changelog/2.sql}
                """);
        write("db/changelog/2.sql", """
                --liquibase formatted sql
                --changeset me:2
                INSERT INTO word VALUES (1, '%s');
                """.formatted(newName("changed")));
    }

    @Test
    void liquibaseRunsItsChangelogsAndTheApplicationsOwnFindsNothingLeftToDo() throws Exception {
        writeChangelog();
        Logger applications = Logger.getLogger("liquibase");
        applications.setLevel(Level.OFF);
        try (URLClassLoader loader = classPath();
                PostgresServer server = paddock.start(template(Layer.migrations("classpath:db/changelog", loader)));
                Connection connection = server.database().dataSource().getConnection()) {
            assertThat(ask(server, WORDS)).startsWith("changed");
            Liquibase own = new Liquibase(
                    "db/changelog/db.changelog-master.yaml",
                    new ClassLoaderResourceAccessor(loader),
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)));
            assertThat(own.listUnrunChangeSets(new Contexts(), new LabelExpression()))
                    .isEmpty();
        }
    }

    @Test
    void aChangelogThatIncludesWhatNobodyWouldNoticeToChangeIsRefused() throws IOException {
        writeChangelog();
        write("db/other/3.sql", "--liquibase formatted sql\n--changeset me:3\nSELECT 1;\n");
        write("db/changelog/db.changelog-master.yaml", "databaseChangeLog: [{include: {file: db/other/3.sql}}]");
        try (URLClassLoader loader = classPath()) {
            assertThatThrownBy(() -> paddock.template(template(Layer.migrations("classpath:db/changelog", loader))))
                    .hasMessage("db/changelog/db.changelog-master.yaml includes db/other/3.sql,"
                            + " which isn't below its own folder");
        }
    }
}
