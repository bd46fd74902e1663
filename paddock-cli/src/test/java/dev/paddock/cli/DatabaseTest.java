package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Databases of one standing server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Cli cli;

    DatabaseTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @BeforeAll
    void start() {
        cli.run("up", "shop");
    }

    @AfterAll
    void stop() {
        cli.close();
    }

    @Test
    void printsTheUriOfAnEmptyDatabaseAlone() {
        Cli.Answer answer = cli.run("database", "create", "o'hara \"x\"");

        assertThat(answer.code()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .matches("postgresql://postgres:[\\w-]{22}@127.0.0.1:\\d+/o%27hara%20%22x%22\\?sslmode=disable\n");
        assertThat(sql(answer.out().strip(), "SELECT current_database()")).isEqualTo("o'hara \"x\"\n");
    }

    @Test
    void templateIsBuiltOnceForManyDatabases() throws IOException {
        Path migrations = migration(
                "once",
                "CREATE TABLE migrated AS SELECT clock_timestamp() AS at; DO $$ BEGIN EXECUTE"
                        + " format('ALTER DATABASE %I SET work_mem = ''7MB''', current_database()); END $$;");

        String one = create("once1", migrations);
        String two = create("once2", migrations);

        String query = "SELECT at, current_setting('work_mem') FROM migrated";
        assertThat(sql(one, query)).endsWith("|7MB\n").isEqualTo(sql(two, query));
    }

    @Test
    void twoAtOnceBuildTheTemplateOnce() throws IOException {
        Path migrations =
                migration("both", "CREATE TABLE migrated AS SELECT clock_timestamp() AS at; SELECT pg_sleep(0.5);");

        Process one = cli.job("database", "create", "both1", "--template", migrations.toString());
        Process two = cli.job("database", "create", "both2", "--template", migrations.toString());

        String first = cli.finish(one, PATIENCE).out().strip();
        String second = cli.finish(two, PATIENCE).out().strip();
        assertThat(sql(first, "SELECT at FROM migrated"))
                .isNotEmpty()
                .isEqualTo(sql(second, "SELECT at FROM migrated"));
    }

    @Test
    void brokenMigrationIsNamedAndLeavesNoDatabase() throws IOException {
        Path migrations = migration("broken", "SELECT 1;\nINSERT INTO poni VALUES (1);\n");

        Cli.Answer answer = cli.run("database", "create", "broken", "--template", migrations.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("V1__broken.sql", "line 2", "INSERT INTO poni", "\"poni\" does not exist");
        String uri = cli.run("url", "shop").out().strip();
        assertThat(sql(
                        uri,
                        "SELECT count(*) FROM pg_database WHERE datname = 'broken' OR NOT datistemplate AND datname LIKE"
                                + " 'paddock_template%'"))
                .isEqualTo("0\n");
    }

    @Test
    void nameIsGivenOnce() {
        cli.run("database", "create", "twice");

        Cli.Answer again = cli.run("database", "create", "twice");

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("there is a database 'twice' already", "paddock database drop twice");
    }

    @Test
    void dropsAllThatItCanWhoeverIsConnected() {
        String uri = cli.run("database", "create", "used").out().strip();
        Process user =
                cli.job("psql", "shop", "--", "-d", uri, "-Atqc", "SELECT 'connected'", "-c", "SELECT pg_sleep(60)");
        cli.awaitOutput(user, "connected");

        Cli.Answer answer = cli.run("database", "drop", "nobody", "used", "--on", "shop");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("there is no database 'nobody'");
        assertThat(cli.run("database", "ls").out()).contains("postgres").doesNotContain("used");
        assertThat(cli.finish(user, PATIENCE).code()).isNotZero();
    }

    @Test
    void listsDatabasesForPeopleAndPrograms() throws IOException {
        create("listed", migration("listed", "CREATE TABLE t ();"));

        assertThat(cli.run("database", "ls", "--on", "shop").out())
                .startsWith("NAME")
                .containsPattern("listed +\\d+ kB +0 +-")
                .containsPattern("paddock_template_[0-9a-f]{32} +\\d+ kB +0 +template");
        assertThat(cli.run("database", "ls", "--json").out().replaceAll("\\s", ""))
                .containsPattern("\\{\"name\":\"listed\",\"template\":false,\"connections\":0,\"bytes\":\\d{7,}\\}");
    }

    @Test
    void shellThatKnowsTheServerNeedsNotNameIt() {
        Cli another = Cli.in(folder);
        cli.run("url", "shop", "--as", "env")
                .out()
                .lines()
                .filter(line -> line.startsWith("export "))
                .map(line -> line.replaceFirst("^export ", "").split("=", 2))
                .forEach(variable -> another.with(variable[0], variable[1].replaceAll("^'|'$", "")));

        assertThat(another.with("XDG_STATE_HOME", folder.resolve("elsewhere").toString())
                        .run("database", "create", "known", "--as", "env")
                        .out())
                .contains("export PGDATABASE='known'\n");
        assertThat(another.with("PGPORT", "1")
                        .run("database", "create", "unknown")
                        .err())
                .contains("no server is running");
    }

    @Test
    void completionOffersDatabases() {
        cli.run("database", "create", "offered");

        assertThat(cli.run(CompleteCommand.NAME, "--", "database", "drop", "off")
                        .out())
                .isEqualTo("offered\n");
    }

    private Path migration(String name, String sql) throws IOException {
        Path migrations = Files.createDirectory(folder.resolve(name));
        Files.writeString(migrations.resolve("V1__" + name + ".sql"), sql);
        return migrations;
    }

    private String create(String name, Path migrations) {
        Cli.Answer answer = cli.run("database", "create", name, "--template", migrations.toString());
        assertThat(answer.err()).isEmpty();
        return answer.out().strip();
    }

    private String sql(String uri, String statement) {
        return cli.run("psql", "shop", "--", "-d", uri, "-XAtqc", statement).out();
    }
}
