package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.BlkioRateDevice;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers in containers, for users of the command. */
class DockerTest {
    private static final String NOBODY_LISTENS = "tcp://127.0.0.1:1";

    private final Cli cli;
    private final Path folder;
    private final Docker docker = Docker.require();

    DockerTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @BeforeEach
    void nothingIsThere() {
        assertThat(docker.containers(cli.state())).isEmpty();
    }

    @AfterEach
    void nothingIsLeft() {
        cli.with("DOCKER_HOST", System.getenv().getOrDefault("DOCKER_HOST", ""));
        cli.close();
        awaitNoContainer();
        docker.close();
    }

    private void awaitNoContainer() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(docker.containers(cli.state())).isEmpty());
    }

    @Test
    void runGivesACommandAServerOfAnImage() {
        Cli.Answer answer = run("--image", Docker.OLD, "--", "psql", "-XAtc", "SHOW server_version_num");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).startsWith("15");
        assertThat(run("--image", Docker.OLD, "--", "sh", "-c", "exit 7").code())
                .isEqualTo(7);
    }

    @Test
    void runSaysWhenItWasTheTimeToLiveThatEndedIt() {
        Cli.Answer answer = run("--image", Docker.OLD, "--ttl", "2s", "--", "sleep", "5");

        assertThat(answer.err()).contains("the server's time to live (--ttl) was over before the command ended");
    }

    @Test
    void runMakesTheDatabaseOfATemplate() throws Exception {
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("V1__pony.sql"), "CREATE TABLE pony AS SELECT 'Rarity' AS name;");

        Cli.Answer answer = run(
                "--template",
                migrations.toString(),
                "--",
                "psql",
                "-XAtc",
                "SELECT current_database(), name FROM pony");

        assertThat(answer.out()).isEqualTo("test|Rarity\n");
    }

    @Test
    void standingServerIsTheSameToEveryCommandWhateverItsEngine() {
        String uri = cli.run("up", "box", "--engine", "docker", "--image", Docker.OLD)
                .out();
        cli.run("up", "here");

        assertThat(cli.run("ls").out()).containsPattern("box +docker +15").containsPattern("here +embedded +18");
        assertThat(cli.run("ls", "--json").out()).contains("\"engine\" : \"docker\"", "\"engine\" : \"embedded\"");
        assertThat(cli.run("url", "box").out()).isEqualTo(uri);
        sql("box", "DO $$ BEGIN RAISE LOG 'hello from inside'; END $$");
        assertThat(cli.run("logs", "box").out()).contains("hello from inside");
        assertThat(cli.run("database", "create", "shop", "--on", "box").out()).endsWith("/shop?sslmode=disable\n");
        assertThat(sql("box", "SELECT count(*) FROM pg_database WHERE datname = 'shop'"))
                .isEqualTo("1\n");
        assertThat(docker.containers(cli.state())).hasSize(1);

        Cli.Answer down = cli.run("down", "--all");

        assertThat(down.code()).isZero();
        assertThat(down.err()).contains("stopped box").contains("stopped here");
        assertThat(cli.run("ls").out()).isEmpty();
        awaitNoContainer();
    }

    @Test
    void followedLogEndsWithItsServer() {
        cli.run("up", "box", "--engine", "docker", "--image", Docker.OLD);
        Process follower = cli.job("logs", "box", "-f");
        sql("box", "DO $$ BEGIN RAISE LOG 'first'; END $$");
        cli.awaitOutput(follower, "first");

        cli.run("down", "box");

        assertThat(cli.finish(follower, Duration.ofSeconds(20)).code()).isZero();
    }

    @Test
    void snapshotOfAStandingServerStartsAgain() {
        String name = "docker-" + ProcessHandle.current().pid();
        cli.run("up", "box", "--engine", "docker", "--image", Docker.OLD);
        sql("box", "CREATE TABLE t AS SELECT 42 AS n");
        try {
            assertThat(cli.run("snapshot", "create", name, "--from", "box").code())
                    .isZero();

            assertThat(run("--snapshot", name, "--", "psql", "-XAtc", "SELECT n FROM t")
                            .out())
                    .isEqualTo("42\n");
        } finally {
            cli.run("snapshot", "rm", name);
        }
    }

    @Test
    void snapshotIsMadeOfScripts() throws Exception {
        String name = "scripts-" + ProcessHandle.current().pid();
        Path script = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE t AS SELECT 42 AS n;");
        try {
            assertThat(cli.run("snapshot", "create", name, "--engine", "docker", "--init", script.toString())
                            .code())
                    .isZero();

            assertThat(run("--snapshot", name, "--", "psql", "-XAtc", "SELECT n FROM t")
                            .out())
                    .isEqualTo("42\n");
        } finally {
            cli.run("snapshot", "rm", name);
        }
    }

    @Test
    void snapshotIsMadeOfDataThatWasThereBefore() {
        String original = "original-" + ProcessHandle.current().pid();
        ForeignServer server = ForeignServer.start(docker.client(), Docker.OLD, original);
        try {
            server.query("CREATE TABLE t AS SELECT 42 AS n");
            snapshotHasIt("--from-container", original);
            server.stop();
            snapshotHasIt("--from-volume", original);
            assumeTrue(server.isVisible(), "only root sees where the engine keeps its volumes");
            snapshotHasIt("--from-folder", server.folder());
            assertThat(server.files()).as("the original").isEqualTo(server.filesWhenStopped());
        } finally {
            server.remove();
        }
    }

    private void snapshotHasIt(String option, String source) {
        String name = "taken" + option + "-" + ProcessHandle.current().pid();
        try {
            Cli.Answer made = cli.run("snapshot", "create", name, option, source);
            assertThat(made.code()).as(made.err()).isZero();

            assertThat(run("--snapshot", name, "--", "psql", "-XAtc", "SELECT n FROM t")
                            .out())
                    .isEqualTo("42\n");
        } finally {
            cli.run("snapshot", "rm", name);
        }
    }

    @Test
    void dataInAVolumeIsContinued() {
        String volume = "volume-" + ProcessHandle.current().pid();
        try {
            assertThat(run("--disk-volume", volume, "--", "psql", "-XAtqc", "CREATE TABLE t AS SELECT 42 AS n")
                            .code())
                    .isZero();
            assertThat(run("--disk-volume", volume, "--", "psql", "-XAtc", "SELECT n FROM t")
                            .out())
                    .isEqualTo("42\n");
        } finally {
            docker.client().removeVolumeCmd(volume).exec();
        }
    }

    @Test
    void volumesHaveTheDriverAndOptionsAndLabelsThatAreSaid() throws Exception {
        String data = "data-" + ProcessHandle.current().pid();
        String scratch = "scratch-" + ProcessHandle.current().pid();
        Path device = Files.createDirectory(folder.resolve("device"));
        try {
            Cli.Answer answer = run(
                    "--disk-volume",
                    "source=" + data + ",volume-opt=type=none,volume-opt=o=bind,volume-opt=device=" + device,
                    "--mount",
                    "type=volume,source=" + scratch + ",target=/scratch,volume-driver=local,volume-opt=type=tmpfs,"
                            + "volume-opt=device=tmpfs,\"volume-opt=o=size=16m,mode=1777\",volume-label=team=orders",
                    "--",
                    "psql",
                    "-XAtc",
                    "COPY (SELECT 1) TO '/scratch/one'");
            assertThat(answer.err()).isEmpty();
            assertThat(answer.code()).isZero();

            assertThat(device.resolve("manifest.properties")).exists();
            InspectVolumeResponse made =
                    docker.client().inspectVolumeCmd(scratch).exec();
            assertThat(made.getOptions()).containsEntry("o", "size=16m,mode=1777");
            assertThat(made.getLabels()).containsEntry("team", "orders");
        } finally {
            awaitNoContainer();
            for (String volume : List.of(data, scratch)) {
                docker.client().removeVolumeCmd(volume).exec();
            }
        }
    }

    @Test
    void engineThatDoesNotSeeTheFilesOfThisMachineIsToldApart() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may hide files from an engine");
        // Below it are the homes of tests, and what shares a folder with a container if the path of a home is a long
        // one.
        String hide = "mount -t tmpfs none \"$0\" && exec \"$@\"";
        Cli.Answer answer = cli.finish(
                cli.start(
                        List.of("unshare", "--mount", "sh", "-c", hide, System.getProperty("java.io.tmpdir")),
                        "run",
                        "--engine",
                        "docker",
                        "--image",
                        Docker.OLD,
                        "--",
                        "true"),
                Duration.ofSeconds(60));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("doesn't see the files of this machine", "\nhint: run Paddock on the engine's own machine")
                .doesNotContain("\tat ");
        assertThat(cli.state()).doesNotExist();
    }

    @Test
    void ctrlCEndsTheCommandAndThenTheContainer() throws Exception {
        Process job = cli.job(
                "run",
                "--engine",
                "docker",
                "--image",
                Docker.OLD,
                "--",
                "sh",
                "-c",
                "trap 'echo caught; exit 7' INT; sleep 60 & echo ready; wait");
        cli.awaitOutput(job, "ready");
        assertThat(docker.containers(cli.state())).hasSize(1);

        signal("INT", "-" + job.pid());

        assertThat(cli.finish(job, Duration.ofSeconds(20)).code()).isEqualTo(7);
        awaitNoContainer();
    }

    @Test
    void noContainerIsLeftWhenPaddockIsKilled() {
        Process job = cli.job(
                "run", "--engine", "docker", "--image", Docker.OLD, "--", "sh", "-c", "echo ready; exec sleep 60");
        cli.awaitOutput(job, "ready");
        assertThat(docker.containers(cli.state())).hasSize(1);

        job.destroyForcibly();

        awaitNoContainer();
    }

    @Test
    void recordOfAServerStaysWhileItsEngineCanNotBeAsked() {
        cli.run("up", "box", "--engine", "docker", "--image", Docker.OLD);
        cli.run("up", "here");
        cli.with("DOCKER_HOST", NOBODY_LISTENS);

        Cli.Answer listed = cli.run("ls");
        assertThat(listed.code()).isZero();
        assertThat(listed.out()).containsPattern("box .* failed").containsPattern("here .* running");
        assertThat(listed.err()).contains("whether box runs can't be told: no Docker Engine answers", "hint: ");
        assertThat(cli.run("ls", "--json").out())
                .contains("\"state\" : \"failed\"", "\"reason\" : \"no Docker Engine answers");
        assertThat(cli.run("up", "box").err()).contains("a server 'box' may be running already");
        assertThat(cli.run("logs", "box").code()).isEqualTo(1);
        Cli.Answer down = cli.run("down", "--all");
        assertThat(down.code()).isEqualTo(1);
        assertThat(down.err()).contains("no Docker Engine answers").contains("stopped here");

        cli.with("DOCKER_HOST", System.getenv().getOrDefault("DOCKER_HOST", ""));
        assertThat(cli.run("ls").out()).containsPattern("box .* running");
        assertThat(cli.run("down", "box").code()).isZero();
    }

    @Test
    void serverWhoseContainerIsGoneIsListedUntilItIsRemoved() {
        cli.run("up", "box", "--engine", "docker", "--image", Docker.OLD);

        docker.containers(cli.state())
                .forEach(each -> docker.client()
                        .removeContainerCmd(each.getId())
                        .withForce(true)
                        .exec());

        Awaitility.await().until(() -> cli.run("ls").out().contains("failed"));
        assertThat(cli.run("url", "box").err()).contains("the server 'box' has ended, and its container is gone");
        assertThat(cli.run("down", "box").err()).contains("removed box, which had failed");
        assertThat(cli.run("ls").out()).isEmpty();
    }

    @Test
    void containerIsAsTheOptionsSay() throws Exception {
        Path seen = Files.writeString(folder.resolve("seen.txt"), "hello");
        Cli.Answer up = cli.run(
                "up",
                "box",
                "--engine",
                "docker",
                "--image",
                Docker.OLD,
                "--limit",
                "memory=512MB",
                "--limit",
                "processes=200",
                "--shared-memory",
                "512MB",
                "--volume",
                seen + ":/seen.txt:ro",
                "--env",
                "PONY=Rarity",
                "--label",
                "team=stable",
                "--read-only");
        assertThat(up.code()).as(up.err()).isZero();

        InspectContainerResponse box = docker.client()
                .inspectContainerCmd(docker.containers(cli.state()).get(0).getId())
                .exec();
        assertThat(box.getHostConfig().getMemory()).isEqualTo(512L << 20);
        assertThat(box.getHostConfig().getPidsLimit()).isEqualTo(200);
        assertThat(box.getHostConfig().getShmSize()).isEqualTo(512L << 20);
        assertThat(box.getHostConfig().getReadonlyRootfs()).isTrue();
        assertThat(box.getConfig().getEnv()).contains("PONY=Rarity");
        assertThat(box.getConfig().getLabels()).containsEntry("team", "stable");
        assertThat(sql("box", "SELECT pg_read_file('/seen.txt')")).isEqualTo("hello\n");
        String password = cli.run("url", "box").out().replaceAll(".*:(.*)@.*\n", "$1");
        assertThat(box.toString()).doesNotContain(password);
    }

    @Test
    void ratesOfABlockDeviceAreThoseThatAreSaidLast() throws Exception {
        String disk = disk();
        Cli.Answer up = cli.run(
                "up",
                "box",
                "--engine",
                "docker",
                "--image",
                Docker.OLD,
                "--limit",
                "write_rate=" + disk + ":1MB",
                "--limit",
                "write_rate=" + disk + ":20MB",
                "--limit",
                "read_operations=" + disk + ":5000");
        assertThat(up.code()).as(up.err()).isZero();

        HostConfig box = docker.client()
                .inspectContainerCmd(docker.containers(cli.state()).get(0).getId())
                .exec()
                .getHostConfig();
        assertThat(box.getBlkioDeviceWriteBps())
                .extracting(BlkioRateDevice::getPath, BlkioRateDevice::getRate)
                .containsExactly(tuple(disk, 20L << 20));
        assertThat(box.getBlkioDeviceReadIOps())
                .extracting(BlkioRateDevice::getPath, BlkioRateDevice::getRate)
                .containsExactly(tuple(disk, 5000L));
    }

    private static String disk() throws IOException {
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            Optional<String> disk = devices.map(each -> "/dev/" + each.getFileName())
                    .filter(each -> each.matches("/dev/(vd|sd|nvme|xvd).*") && Files.exists(Path.of(each)))
                    .findFirst();
            assumeTrue(disk.isPresent(), "this machine has no disk");
            return disk.orElseThrow();
        }
    }

    @Test
    void imageThatIsNotThereOrNotOfPostgresIsRefused() {
        refused("paddock/postgres:never", "the engine has no image paddock/postgres:never", "--pull", "never");
        refused("Not A Name", "Not A Name");
        refused("Not A Name", "\nhint: write it as NAME:TAG");
        refused("paddock/debian:bookworm", "isn't one of PostgreSQL", "--pull", "never");
    }

    private void refused(String image, String reason, String... more) {
        String[] options = new String[more.length + 4];
        System.arraycopy(more, 0, options, 0, more.length);
        System.arraycopy(new String[] {"--image", image, "--", "true"}, 0, options, more.length, 4);
        Cli.Answer answer = run(options);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("paddock: ").contains(reason).doesNotContain("\tat ");
    }

    private Cli.Answer run(String... options) {
        String[] all = new String[options.length + 3];
        System.arraycopy(new String[] {"run", "--engine", "docker"}, 0, all, 0, 3);
        System.arraycopy(options, 0, all, 3, options.length);
        return cli.run(all);
    }

    private String sql(String server, String statement) {
        return cli.run("psql", server, "--", "-XAtqc", statement).out();
    }

    private static void signal(String name, String target) throws Exception {
        new ProcessBuilder("/bin/kill", "-s", name, "--", target)
                .inheritIO()
                .start()
                .waitFor();
    }
}
