package dev.paddock.docker.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of the official image rely on, asked of the images that are built here: plain containers, without Paddock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImageContractTest {
    private static final String INIT = "/docker-entrypoint-initdb.d";
    private static final String PASSWORD = "POSTGRES_PASSWORD=secret";
    private static final String XZ =
            "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAnSU5TRVJUIElOVE8gc3RlcHMgKG5hbWUpIFZBTFVFUyAoJ3h6Jyk7CgDf"
                    + "nD8flviFtAABQCjUUkrlH7bzfQEAAAAABFla";
    private static final String ZSTD = "KLUv/QRYUQEASU5TRVJUIElOVE8gc3RlcHMgKG5hbWUpIFZBTFVFUyAoJ3pzdGQnKTsKaqtdMw==";

    @SuppressWarnings("NullAway.Init")
    private DockerConnection engine;

    @SuppressWarnings("NullAway.Init")
    private Map<Integer, String> images;

    @BeforeAll
    void build() {
        engine = TestEngine.require();
        images = Map.of(
                15, TestEngine.image(engine, 15, "15", List.of()), 18, TestEngine.image(engine, 18, "18", List.of()));
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Absent where the tests were skipped.
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    private ImageContainer start(int major, Consumer<CreateContainerCmd> how) {
        return ImageContainer.start(engine.client(), Objects.requireNonNull(images.get(major)), how);
    }

    private static HostConfig host(CreateContainerCmd create) {
        return Objects.requireNonNull(create.getHostConfig());
    }

    private static Path write(Path folder, String name, String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    /** A folder that any user can read, which those of JUnit aren't. */
    private static Path open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void theServerHasTheUserDatabaseAndPasswordThatTheVariablesSay(int major) {
        try (ImageContainer container = start(
                        major, it -> it.withEnv("POSTGRES_USER=keeper", "POSTGRES_DB=shop", PASSWORD))
                .awaitServer()) {
            assertThat(container.askAs(
                            "keeper", "secret", "shop", "SELECT current_user || ' of ' || current_database()"))
                    .isEqualTo("keeper of shop");
            assertThat(container.askAs("keeper", "guess", "shop", "SELECT 1"))
                    .contains("password authentication failed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void theDataIsWhereTheOfficialImageHasIt(int major) {
        try (ImageContainer container = start(major, it -> it.withEnv(PASSWORD)).awaitServer()) {
            assertThat(container.ask("SHOW data_directory"))
                    .isEqualTo(major == 15 ? "/var/lib/postgresql/data" : "/var/lib/postgresql/18/docker");
            assertThat(container.run(
                            "grep",
                            "-c",
                            major == 15 ? " /var/lib/postgresql/data " : " /var/lib/postgresql ",
                            "/proc/mounts"))
                    .as("it is a volume")
                    .isEqualTo("1");
        }
    }

    @Test
    void secretsAreReadFromFilesThatOnlyRootCanRead(@TempDir Path folder) throws Exception {
        Path secret = write(open(folder), "password", "from a file\n", "rw-------");
        try (ImageContainer container = start(15, it -> {
                    it.withEnv("POSTGRES_PASSWORD_FILE=/run/secrets/password");
                    host(it).withBinds(Bind.parse(secret + ":/run/secrets/password:ro"));
                })
                .awaitServer()) {
            assertThat(container.askAs("postgres", "from a file", "postgres", "SELECT 1"))
                    .isEqualTo("1");
            assertThat(container.runAs("postgres", "sh", "-c", "tr '\\0' '\\n' < /proc/1/environ"))
                    .as("what the server's own environment holds")
                    .contains("PGDATA=")
                    .doesNotContain("from a file");
        }
    }

    @Test
    void aVariableAndItsFileContradictEachOther() {
        try (ImageContainer container =
                start(15, it -> it.withEnv(PASSWORD, "POSTGRES_PASSWORD_FILE=/run/secrets/password"))) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.log()).contains("both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set");
        }
    }

    @Test
    void initScriptsRunOnceAndInOrder(@TempDir Path folder) throws Exception {
        write(
                open(folder),
                "10.sql",
                "CREATE TABLE steps (n serial, name text); INSERT INTO steps (name) VALUES ('sql');",
                "rw-r--r--");
        write(
                folder,
                "20.sh",
                "#!/bin/sh\npsql -U $POSTGRES_USER $POSTGRES_DB -c \"INSERT INTO steps (name) VALUES ('run')\"\n",
                "rwxr-xr-x");
        write(folder, "30.sh", "docker_process_sql -c \"INSERT INTO steps (name) VALUES ('sourced')\"\n", "rw-r--r--");
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write("INSERT INTO steps (name) VALUES ('gz');".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("40.sql.gz"), gzip.toByteArray());
        Files.write(folder.resolve("50.sql.xz"), Base64.getDecoder().decode(XZ));
        Files.write(folder.resolve("60.sql.zst"), Base64.getDecoder().decode(ZSTD));
        write(folder, "70.txt", "no script", "rw-r--r--");
        String all = "SELECT string_agg(name, ' ' ORDER BY n) FROM steps";
        try (ImageContainer container = start(15, it -> {
                    it.withEnv(PASSWORD);
                    host(it).withBinds(Bind.parse(folder + ":" + INIT + ":ro"));
                })
                .awaitServer()) {
            assertThat(container.ask(all)).isEqualTo("sql run sourced gz xz zstd");
            assertThat(container.log()).contains("ignoring " + INIT + "/70.txt");

            container.stop();
            container.startAgain();

            assertThat(container.awaitServer(2).ask(all)).isEqualTo("sql run sourced gz xz zstd");
        }
    }

    @Test
    void aFailingInitScriptIsShownAndEndsTheContainerAndWhatItLeftIsNotServed(@TempDir Path folder) throws Exception {
        write(open(folder), "10.sql", "CREATE TABLE a (n int);\nINSERT INTO nowhere VALUES (1);\n", "rw-r--r--");
        try (ImageContainer container = start(15, it -> {
            it.withEnv(PASSWORD);
            host(it).withBinds(Bind.parse(folder + ":" + INIT + ":ro"));
        })) {
            assertThat(container.awaitEnd()).isNotZero();
            assertThat(container.log())
                    .contains("running " + INIT + "/10.sql", "10.sql:2: ERROR:  relation \"nowhere\" does not exist");

            container.startAgain();

            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.log()).contains("was begun once and never finished");
        }
    }

    @ParameterizedTest
    @CsvSource({"100, kill", "400, kill", "700, kill", "400, stop"})
    void endedWhileItMakesADatabaseItServesNoHalfOne(int milliseconds, String how) {
        try (ImageContainer container = start(15, it -> it.withEnv(PASSWORD, "POSTGRES_DB=shop"))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
            if (how.equals("kill")) {
                container.kill();
            } else {
                container.stop();
            }

            container.startAgain();

            boolean refusedOrWhole = Deadline.in(Duration.ofSeconds(60))
                    .await(() ->
                            container.log().contains("was begun once and never finished") || container.serves("shop"));
            assertThat(refusedOrWhole).as(container.log()).isTrue();
        }
    }

    @Test
    void aFolderWithOtherFilesIsRefusedAndLeftAsItIs(@TempDir Path folder) throws Exception {
        write(open(folder), "letter", "mine", "rw-r--r--");
        try (ImageContainer container = start(15, it -> {
            it.withEnv(PASSWORD, "PGDATA=/data");
            host(it).withBinds(Bind.parse(folder + ":/data"));
        })) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.log()).contains("/data holds files, but no database");
        }
        assertThat(folder.resolve("letter")).hasContent("mine");
        assertThat(folder.resolve("initialisation.unfinished")).doesNotExist();
    }

    @Test
    void noPasswordIsRefusedUnlessTrustIsAskedFor() {
        try (ImageContainer container = start(15, it -> {})) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.log()).contains("no password is given", "POSTGRES_HOST_AUTH_METHOD=trust");
        }
        try (ImageContainer container =
                start(15, it -> it.withEnv("POSTGRES_HOST_AUTH_METHOD=trust")).awaitServer()) {
            assertThat(container.askAs("postgres", "", "postgres", "SELECT 1")).isEqualTo("1");
            assertThat(container.log()).contains("warning: POSTGRES_HOST_AUTH_METHOD is trust");
        }
    }

    @Test
    void startedAsRootTheServerIsPostgresAndHasNoCapabilities() {
        try (ImageContainer container = start(15, it -> it.withEnv(PASSWORD)).awaitServer()) {
            assertThat(container.run("sh", "-c", "stat -c %U /proc/1 $PGDATA")).isEqualTo("postgres\npostgres");
            assertThat(container.run("grep", "CapEff", "/proc/1/status")).contains("0000000000000000");
        }
    }

    @Test
    void anyUserCanRunItOnDataOfTheirOwn() {
        try (ImageContainer container =
                start(18, it -> it.withEnv(PASSWORD).withUser("12345:0")).awaitServer()) {
            assertThat(container.run("stat", "-c", "%u", "/proc/1")).isEqualTo("12345");
            assertThat(container.ask("SELECT 1")).isEqualTo("1");
        }
        try (ImageContainer container = start(
                        15,
                        it -> it.withEnv(PASSWORD, "PGDATA=/var/lib/postgresql/data/own")
                                .withUser("12345"))
                .awaitServer()) {
            assertThat(container.ask("SHOW data_directory")).isEqualTo("/var/lib/postgresql/data/own");
        }
    }

    @Test
    void dataOfAnotherUserIsRefusedWithWhoOwnsIt() {
        try (ImageContainer container = start(15, it -> it.withEnv(PASSWORD).withUser("12345"))) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            assertThat(container.log())
                    .contains("/var/lib/postgresql/data belongs to the user 999, and PostgreSQL runs as 12345");
        }
    }

    @Test
    void itRunsOnAReadOnlyRootFileSystemWithoutAnyPrivilege() {
        try (ImageContainer container = start(15, it -> {
                    it.withEnv(PASSWORD).withUser("999:999");
                    host(it).withReadonlyRootfs(true)
                            .withCapDrop(Capability.ALL)
                            .withSecurityOpts(List.of("no-new-privileges"))
                            .withTmpFs(Map.of(
                                    "/var/lib/postgresql/data", "rw,uid=999,gid=999,mode=0700",
                                    "/var/run/postgresql", "rw,uid=999,gid=999"));
                })
                .awaitServer()) {
            assertThat(container.ask("SELECT 1")).isEqualTo("1");
            assertThat(container.run("touch", "/etc/file")).contains("Read-only file system");
        }
    }

    @Test
    void aStopShutsTheServerDownCleanlyThoughClientsAreConnected() {
        try (ImageContainer container = start(15, it -> it.withEnv(PASSWORD)).awaitServer()) {
            container.connect();

            container.stop();

            assertThat(container.awaitEnd()).isZero();
            assertThat(container.log())
                    .contains("received fast shutdown request")
                    .endsWith("LOG:  database system is shut down\n");
        }
    }

    @Test
    void argumentsAreTheServersAndAnyOtherCommandIsRunAsItIs() {
        try (ImageContainer container = start(15, it -> it.withEnv(PASSWORD).withCmd("-c", "work_mem=7MB"))
                .awaitServer()) {
            assertThat(container.ask("SHOW work_mem")).isEqualTo("7MB");
        }
        try (ImageContainer container = start(15, it -> it.withCmd("postgres", "--version"))) {
            assertThat(container.awaitEnd()).isZero();
            assertThat(container.log()).startsWith("postgres (PostgreSQL) 15.");
        }
        try (ImageContainer container = start(15, it -> it.withCmd("psql", "--version"))) {
            assertThat(container.awaitEnd()).isZero();
            assertThat(container.log()).startsWith("psql (PostgreSQL) 15.");
        }
    }

    @Test
    void theDataDirectoryIsMadeAsTheVariablesSay() {
        try (ImageContainer container = start(
                        15,
                        it -> it.withEnv(
                                PASSWORD,
                                "POSTGRES_INITDB_ARGS=--data-checksums --lc-collate='C.UTF-8'",
                                "POSTGRES_INITDB_WALDIR=/var/lib/postgresql/wal",
                                "POSTGRES_HOST_AUTH_METHOD=md5"))
                .awaitServer()) {
            assertThat(container.ask("SHOW data_checksums")).isEqualTo("on");
            assertThat(container.ask(
                            "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = 'postgres'"))
                    .isEqualTo("C.UTF-8 en_US.utf8");
            assertThat(container.run("sh", "-c", "readlink $PGDATA/pg_wal")).isEqualTo("/var/lib/postgresql/wal");
            assertThat(container.ask("SELECT auth_method FROM pg_hba_file_rules WHERE address = 'all'"))
                    .isEqualTo("md5");
        }
    }

    @Test
    void dataOfAnOlderVersionWhere18HasItsVolumeIsNotTakenForNothing(@TempDir Path folder) throws Exception {
        write(open(folder), "PG_VERSION", "15\n", "rw-r--r--");
        assertThat(refusal(folder)).contains("holds the data of PostgreSQL 15, and 18 has its own at");
        assertThat(folder).isDirectoryContaining("glob:**/PG_VERSION");
    }

    @Test
    void aVolumeWhere18WouldNotUseItIsRefused(@TempDir Path folder) {
        assertThat(refusal(folder)).contains("a volume is mounted at /var/lib/postgresql/data, but");
    }

    private String refusal(Path folder) {
        try (ImageContainer container = start(18, it -> {
            it.withEnv(PASSWORD);
            host(it).withBinds(Bind.parse(folder + ":/var/lib/postgresql/data"));
        })) {
            assertThat(container.awaitEnd()).isEqualTo(1);
            return container.log();
        }
    }
}
