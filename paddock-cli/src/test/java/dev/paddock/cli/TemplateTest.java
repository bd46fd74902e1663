package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --template} of the commands that start a server. */
class TemplateTest {
    /** Says when it was migrated, and so whether it was again. */
    private static final String STAMPED =
            "CREATE TABLE migrated AS SELECT '%s' AS what, clock_timestamp() AS at, random() AS token;";

    private final Path folder;
    private final Path migrations;
    private final Cli cli;

    TemplateTest(@TempDir Path folder) {
        this.folder = folder;
        this.migrations = folder.resolve("migrations");
        this.cli = Cli.in(folder);
    }

    @BeforeEach
    void migrationsThatNoOtherTestHas() throws IOException {
        Files.createDirectory(migrations);
        Files.writeString(migrations.resolve("V1__pony.sql"), STAMPED.formatted(folder));
        Files.writeString(migrations.resolve("V2__more.sql"), "CREATE TABLE pony (name text);");
    }

    @AfterEach
    void stopAll() {
        cli.close();
    }

    @Test
    void secondRunFindsWhatTheFirstMigrated() {
        Cli.Answer first = run("SELECT * FROM migrated");

        assertThat(first.out()).contains(folder.toString());
        assertThat(run("SELECT * FROM migrated")).isEqualTo(first);
    }

    @Test
    void changedMigrationIsAnotherTemplate() throws IOException {
        run("SELECT");
        Files.writeString(migrations.resolve("V3__hay.sql"), "CREATE TABLE hay ();");

        assertThat(run("SELECT to_regclass('hay')").out()).isEqualTo("hay\n");
    }

    @Test
    void commandMakesItsOwnDatabasesFromTheTemplate() {
        Cli.Answer answer = inShell("""
                psql -qc "INSERT INTO pony VALUES ('Ada')"
                psql -qc "CREATE DATABASE mine TEMPLATE \\"$PADDOCK_TEMPLATE\\" STRATEGY FILE_COPY"
                psql -Atd mine -c 'SELECT count(*) FROM pony'
                psql -d "$PADDOCK_TEMPLATE" -c 'SELECT 1'
                """);

        assertThat(answer.out()).isEqualTo("0\n");
        assertThat(answer.err()).contains("not currently accepting connections");
    }

    @Test
    void scriptsComeOnTopOfTheTemplateAndAreNotInIt() throws IOException {
        Path seed = Files.writeString(folder.resolve("seed.sql"), "INSERT INTO pony VALUES ('Ada');");

        Cli.Answer answer = inShell(
                "psql -Atc 'SELECT name FROM pony'; paddock database create mine;"
                        + " psql -Atd mine -c 'SELECT count(*) FROM pony'",
                "--init",
                seed.toString());

        assertThat(answer.out()).startsWith("Ada\npostgresql://").endsWith("/mine?sslmode=disable\n0\n");
    }

    @Test
    void templatesAreLaidOnTopOfEachOtherAndOfASnapshot() throws IOException {
        Path seed = Files.writeString(folder.resolve("seed.sql"), "INSERT INTO pony VALUES ('Ada');");
        Path more = Files.writeString(folder.resolve("more.sql"), "INSERT INTO pony SELECT name || '!' FROM pony;");
        cli.run("snapshot", "create", "base" + folder.hashCode(), "--template", migrations.toString());

        Cli.Answer answer = cli.run(
                "run",
                "--snapshot",
                "base" + folder.hashCode(),
                "--template",
                seed.toString(),
                "--template",
                more.toString(),
                "--",
                Psql.find().toString(),
                "-Atc",
                "SELECT string_agg(name, ' ') FROM pony");

        assertThat(answer.out()).isEqualTo("Ada Ada!\n");
        cli.run("snapshot", "rm", "base" + folder.hashCode());
    }

    @Test
    void brokenMigrationIsNamedAndNothingIsLeft() throws IOException {
        Files.writeString(migrations.resolve("V3__broken.sql"), "SELECT 1;\nINSERT INTO poni VALUES (1);\n");

        Cli.Answer answer = cli.run("up", "shop", "--template", migrations.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("V3__broken.sql", "line 2", "INSERT INTO poni", "\"poni\" does not exist")
                .doesNotContain("\tat ");
        assertThat(cli.run("ls", "--json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void standingServerTellsItsTemplateToShells() {
        cli.run("up", "shop", "--template", migrations.toString());

        assertThat(cli.run("url", "shop", "--as", "env").out())
                .contains("export PADDOCK_TEMPLATE='paddock_template'\n", "export PADDOCK_SERVER='127.0.0.1:");
    }

    private Cli.Answer run(String query) {
        return cli.run(
                "run", "--template", migrations.toString(), "--", Psql.find().toString(), "-Atc", query);
    }

    private Cli.Answer inShell(String script, String... options) {
        String paddock = "paddock() { " + CliCommandLine.of("\"$@\"") + "; }\n";
        List<String> command = new ArrayList<>(List.of("run", "--template", migrations.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--", "sh", "-c", paddock + script));
        return cli.run(command.toArray(new String[0]));
    }
}
