package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.contract.LocalRegistry;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From one user's cache by a registry to another's, and to somebody who has Docker and no Paddock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotSharingTest {
    private static final String BASE = "paddock/postgres:18";
    private static final String ORDER =
            "SELECT collversion = pg_collation_actual_version(oid) FROM pg_collation" + " WHERE collname = 'de-x-icu'";

    private final Path folder;
    private final Cli cli;
    private final LocalRegistry registry;
    private final String name = "shared" + System.nanoTime();

    SnapshotSharingTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.cli = Cli.in(folder);
        this.registry = LocalRegistry.open(Files.createDirectory(folder.resolve("registry")));
    }

    @BeforeAll
    void keepPonies() throws IOException {
        Path script = Files.writeString(
                folder.resolve("ponies.sql"),
                "CREATE TABLE pony (name text COLLATE \"de-x-icu\");"
                        + "INSERT INTO pony SELECT 'pony ' || n FROM generate_series(1, 500) n;"
                        + "CREATE INDEX pony_name ON pony (name);");
        assertThat(cli.run(
                                "snapshot",
                                "create",
                                name,
                                "--init",
                                script.toString(),
                                "--user",
                                "groom",
                                "--database",
                                "stable")
                        .code())
                .isZero();
    }

    @AfterAll
    void tidyUp() {
        cli.run("snapshot", "rm", name);
        cli.close();
        registry.close();
    }

    private Cli stranger() throws IOException {
        Path home = Files.createTempDirectory(folder, "stranger");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Cli.in(folder).with("PADDOCK_HOME", home.toString());
    }

    private static String docker(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker"));
        // A newer client on the PATH may want more than the engine at hand knows.
        if (Files.isExecutable(Path.of("/usr/bin/docker"))) {
            command.set(0, "/usr/bin/docker");
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? said.strip() : "failed: " + said;
    }

    private static void requireDocker() throws Exception {
        String found;
        try {
            found = docker("image", "inspect", "--format", "there", BASE);
        } catch (IOException noClient) {
            found = String.valueOf(noClient.getMessage());
        }
        assumeTrue(found.equals("there"), "no Docker Engine with the image " + BASE + ": " + found);
    }

    @Test
    void anotherUserPullsItAndStartsFromIt() throws Exception {
        String image = registry.image("team/ponies:data");
        Cli.Answer pushed = cli.run("snapshot", "push", name, image, "--data-only", "--compress", "zstd");
        assertThat(pushed.out()).matches("localhost:\\d+/team/ponies@sha256:[0-9a-f]{64}\n");
        Cli stranger = stranger();

        Cli.Answer pulled = stranger.run("snapshot", "pull", image);

        assertThat(pulled.code()).isZero();
        assertThat(pulled.err()).contains("snapshot ponies: PostgreSQL 18");
        assertThat(stranger.run("run", "--snapshot", "ponies", "--", "sh", "-c", "echo $PGUSER $PGDATABASE")
                        .out())
                .isEqualTo("groom stable\n");
        assertThat(stranger.run("snapshot", "inspect", "ponies").out())
                .contains("image        " + pushed.out().strip())
                .contains("platform     ");
        assertThat(cli.run("snapshot", "inspect", name, "--json").out())
                .contains("\"images\" : [ ")
                .contains("\"" + pushed.out().strip() + "\"");
    }

    @Test
    void somebodyWithoutPaddockRunsItAndSetsAPassword() throws Exception {
        requireDocker();
        String image = registry.image("team/ponies:runs");
        assertThat(cli.run("snapshot", "push", name, image, "--base", BASE).err())
                .contains("pushed");
        String container = docker("run", "--detach", "--publish", "127.0.0.1::5432", image);
        container = container.substring(container.lastIndexOf('\n') + 1);
        try {
            String id = container;
            String port = docker("port", id, "5432").replaceFirst("(?s).*?:(\\d+).*", "$1");
            String url = "jdbc:postgresql://127.0.0.1:" + port + "/stable";
            String count = "SELECT count(*) FROM pony";
            assertThat(Deadline.in(Duration.ofSeconds(60))
                            .await(() -> inside(id, "SELECT 1").equals("1")))
                    .isTrue();

            assertThat(inside(id, count)).isEqualTo("500");
            assertThat(refusal(url, "")).contains("requested SCRAM-based authentication");
            assertThat(refusal(url, "guess")).contains("password authentication failed");
            assertThat(inside(id, "ALTER ROLE groom PASSWORD 'hay and oats'")).isEqualTo("ALTER ROLE");
            try (Connection connection = DriverManager.getConnection(url, "groom", "hay and oats");
                    ResultSet rows = connection.createStatement().executeQuery(count)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(500);
            }
            assertThat(docker("inspect", "--format", "{{.Config.Cmd}} {{.Config.Entrypoint}}", id))
                    .isEqualTo(docker("inspect", "--format", "{{.Config.Cmd}} {{.Config.Entrypoint}}", BASE));
            assertThat(docker("exec", id, "sh", "-c", "stat -c %U $PGDATA/PG_VERSION $PGDATA/pg_hba.conf"))
                    .isEqualTo("postgres\npostgres");
        } finally {
            docker("rm", "--force", "--volumes", container);
            docker("rmi", image);
        }
    }

    @Test
    void imageInTheEngineRunsAndIsTakenOutOfItAgain() throws Exception {
        requireDocker();
        String image = "paddock-test/" + name + ":v1";
        Cli.Answer pushed = cli.run("snapshot", "push", name, "docker-daemon:" + image);
        try {
            assertThat(pushed.code()).as(pushed.err()).isZero();
            assertThat(pushed.out().strip()).isEqualTo(docker("image", "inspect", "--format", "{{.Id}}", image));
            String container = docker("run", "--detach", image);
            try {
                assertThat(Deadline.in(Duration.ofSeconds(60))
                                .await(() -> inside(container, "SELECT count(*) FROM pony")
                                        .equals("500")))
                        .isTrue();
            } finally {
                docker("rm", "--force", "--volumes", container);
            }
            String runs = "{{.Config.Cmd}} {{.Config.Entrypoint}}";
            assertThat(docker("image", "inspect", "--format", runs, image))
                    .isEqualTo(docker("image", "inspect", "--format", runs, BASE));
            String id = cli.run("snapshot", "ls", "--json").out();
            Cli.Answer pulled = stranger().run("snapshot", "pull", "docker-daemon:" + image, "back");
            assertThat(pulled.code()).as(pulled.err()).isZero();
            assertThat(id).as("the same snapshot").contains("\"" + pulled.out().strip() + "\"");
        } finally {
            docker("rmi", image);
        }
        assertThat(cli.run("snapshot", "push", name, "docker-daemon:" + image, "--data-only"))
                .satisfies(answer -> assertThat(answer.code()).isEqualTo(2))
                .satisfies(answer -> assertThat(answer.err()).contains("an engine has no use for data alone"));
        assertThat(cli.run("snapshot", "pull", "docker-daemon:" + image, "never")
                        .err())
                .contains("can't pull docker-daemon:" + image + ": no engine at hand has that image");
    }

    private static String inside(String container, String sql) {
        try {
            return docker("exec", container, "psql", "-U", "postgres", "-XAtc", sql, "stable");
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String refusal(String url, String password) {
        try (Connection connection = DriverManager.getConnection(url, "groom", password)) {
            return "let in to " + connection.getCatalog();
        } catch (SQLException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** One in the registry; pushed by whoever needs it first. */
    private String pushedBase() throws Exception {
        String base = registry.image("base/postgres:18");
        docker("tag", BASE, base);
        docker("push", base);
        docker("rmi", base);
        return base;
    }

    @Test
    void aBaseInTheRegistryIsTakenOverWithoutMovingIt() throws Exception {
        requireDocker();
        String base = pushedBase();
        int before = registry.blobs().size();

        Cli.Answer pushed = cli.run("snapshot", "push", name, registry.image("on/registry:v1"), "--base", base);

        assertThat(pushed.code()).as(pushed.err()).isZero();
        // At most the data, the settings, the configuration and the manifest.
        assertThat(registry.blobs().size() - before).isBetween(0, 4);
        assertThat(stranger()
                        .run("snapshot", "pull", registry.image("on/registry:v1"), "taken")
                        .err())
                .contains("snapshot taken: PostgreSQL 18");
    }

    @Test
    void aBaseOfAnotherPostgresqlIsRefused() throws Exception {
        requireDocker();
        String other = "paddock/postgres:15";
        assumeTrue(docker("image", "inspect", "--format", "there", other).equals("there"), "no image " + other);

        Cli.Answer refused = cli.run("snapshot", "push", name, registry.image("other:v1"), "--base", other);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("is PostgreSQL 15");
    }

    @Test
    void dataThatIsOrderedAnotherWayThanItsBaseWouldIsRefused() throws Exception {
        requireDocker();
        String german = name + "-german";
        String base = pushedBase();
        cli.run("snapshot", "create", german, "--locale", "icu:de-DE");
        try {
            for (String each : List.of(BASE, base)) {
                Cli.Answer refused = cli.run("snapshot", "push", german, registry.image("german:v1"), "--base", each);

                assertThat(refused.code()).isEqualTo(1);
                assertThat(refused.err()).contains("its text is ordered by").contains("hint: rebuild it first");
            }
        } finally {
            cli.run("snapshot", "rm", german);
        }
    }

    @Test
    void dataCrossesFromOneEngineToTheOtherAndBack() throws Exception {
        requireDocker();
        String back = name + "-back";
        try {
            assertThat(cli.run("snapshot", "create", back, "--engine", "docker", "--snapshot", name)
                            .code())
                    .isZero();
            String here = cli.run("snapshot", "inspect", name).out().replaceFirst("(?s).*platform *([^\n]*)\n.*", "$1");
            String there =
                    cli.run("snapshot", "inspect", back).out().replaceFirst("(?s).*platform *([^\n]*)\n.*", "$1");
            assertThat(there).as("the libraries of an image of its own").isNotEqualTo(here);

            cli.run("up", "crossed", "--snapshot", back);

            assertThat(cli.run("psql", "crossed", "--", "-XAtc", ORDER).out()).isEqualTo("t\n");
            assertThat(cli.run(
                                    "psql",
                                    "crossed",
                                    "--",
                                    "-XAtc",
                                    "SET enable_seqscan = off; SELECT count(*) FROM pony" + " WHERE name = 'pony 77'")
                            .out())
                    .endsWith("1\n");
        } finally {
            cli.run("down", "crossed");
            cli.run("snapshot", "rm", back);
        }
    }

    @Test
    void aCredentialHelperIsAskedAndNothingSecretIsShown() throws Exception {
        Path helpers = Files.createDirectory(folder.resolve("helpers"));
        Path helper = Files.writeString(
                helpers.resolve("docker-credential-test"),
                "#!/bin/sh\ncat > /dev/null\necho '{\"Username\":\"" + LocalRegistry.USER + "\",\"Secret\":\""
                        + LocalRegistry.PASSWORD + "\"}'\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path config = Files.createDirectory(folder.resolve("config"));
        Files.writeString(config.resolve("config.json"), "{\"credsStore\":\"test\"}");
        try (LocalRegistry locked = LocalRegistry.locked(Files.createDirectory(folder.resolve("locked")))) {
            Cli helped = Cli.in(folder)
                    .with("DOCKER_CONFIG", config.toString())
                    .with("PATH", helpers + ":" + System.getenv("PATH"));

            Cli.Answer pushed =
                    helped.run("snapshot", "push", name, locked.image("ponies:v1"), "--data-only", "--debug");

            assertThat(pushed.code()).as(pushed.err()).isZero();
            assertThat(pushed.out() + pushed.err()).doesNotContain(LocalRegistry.PASSWORD);
            Cli.Answer refused = cli.with(
                            "DOCKER_CONFIG", folder.resolve("nothing").toString())
                    .run("snapshot", "pull", locked.image("ponies:v1"), "never");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("wants credentials").contains("hint: log in with: docker login");
        }
    }

    @Test
    void wrongUsageIsExplained() {
        assertThat(cli.run("snapshot", "push", name).code()).isEqualTo(2);
        assertThat(cli.run("snapshot", "push", name, "x:1", "--compress", "brotli"))
                .satisfies(answer -> assertThat(answer.code()).isEqualTo(2))
                .satisfies(answer -> assertThat(answer.err()).contains("choose gzip or zstd"));
        assertThat(cli.run("snapshot", "push", name, "x:1", "--data-only", "--base", "y")
                        .err())
                .contains("contradict");
        assertThat(cli.run("snapshot", "pull", "UPPER/case").code()).isEqualTo(2);
    }
}
