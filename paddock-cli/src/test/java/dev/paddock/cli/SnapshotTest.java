package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.home.ProcessStamp;
import dev.paddock.time.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private final Path folder;
    private final Cli cli;

    /** Snapshots are in the cache, which others use as well. */
    private final String name = "snapshot" + System.nanoTime();

    SnapshotTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @AfterEach
    void stopAll() {
        cli.close();
        cli.run("snapshot", "rm", name);
    }

    @Test
    void keepsTheDataOfARunningServer() {
        cli.run("up", "demo");
        sql("demo", "CREATE TABLE t AS SELECT 42 AS n");

        Cli.Answer made = cli.run("snapshot", "create", name, "--from", "demo");

        assertThat(made.out()).matches("[0-9a-f]{64}\n");
        assertThat(made.err()).contains(name);
        assertThat(sql("demo", "SELECT n FROM t")).as("the server runs on").isEqualTo("42\n");
        cli.run("up", "clone", "--snapshot", name);
        assertThat(sql("clone", "SELECT n FROM t")).isEqualTo("42\n");
    }

    /** As timeout kills, and as Ctrl-\\ does in a terminal, which a JVM doesn't end of. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "QUIT"})
    void serverGoesOnThatStoodStillWhenAllOfPaddocksGroupGotASignal(String signal) throws Exception {
        cli.run("up", "demo");
        // So much that it takes a while to copy.
        sql("demo", "CREATE TABLE t AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 200000)");
        long postmaster = postmaster();
        Process job = cli.job("snapshot", "create", name, "--from", "demo");
        assertThat(Deadline.in(Duration.ofSeconds(60)).await(() -> ProcessStamp.isStopped(postmaster)))
                .isTrue();

        new ProcessBuilder("/bin/kill", "-s", signal, "--", "-" + job.pid())
                .start()
                .waitFor();

        int code = cli.finish(job, Duration.ofSeconds(60)).code();
        assertThat(code).isEqualTo(signal.equals("KILL") ? 137 : 0);
        assertThat(Deadline.in(Duration.ofSeconds(5)).await(() -> !ProcessStamp.isStopped(postmaster)))
                .isTrue();
        assertThat(sql("demo", "SELECT count(*) FROM t")).isEqualTo("200000\n");
    }

    private long postmaster() {
        Matcher identity = Pattern.compile("\"pid_or_container\" : \"(\\d+)\"")
                .matcher(cli.run("ls", "--json").out());
        assertThat(identity.find()).isTrue();
        return Long.parseLong(identity.group(1));
    }

    @Test
    void isMadeFromScripts() throws Exception {
        Path script = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE t AS SELECT 7 AS n;");

        assertThat(cli.run("snapshot", "create", name, "--init", script.toString())
                        .code())
                .isZero();

        cli.run("up", "clone", "--snapshot", name);
        assertThat(sql("clone", "SELECT n FROM t")).isEqualTo("7\n");
    }

    @Test
    void isMadeFromTheFolderOfAStoppedServer() {
        Path disk = folder.resolve("data");
        cli.run("up", "demo", "--disk", disk.toString());
        sql("demo", "CREATE TABLE t AS SELECT 9 AS n");
        cli.run("down", "demo");

        assertThat(cli.run("snapshot", "create", name, "--from", disk.toString())
                        .code())
                .isZero();

        cli.run("up", "clone", "--snapshot", name);
        assertThat(sql("clone", "SELECT n FROM t")).isEqualTo("9\n");
    }

    @Test
    void folderWithoutDataIsRefusedAndLeftAlone() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Cli.Answer answer = cli.run("snapshot", "create", name, "--from", empty.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("--disk");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void isListedInspectedAndRemoved() {
        cli.run("up", "only");
        cli.run("snapshot", "create", name);

        assertThat(cli.run("snapshot", "ls").out()).contains(name);
        assertThat(cli.run("snapshot", "ls", "--json").out()).contains("\"name\" : \"" + name + "\"");
        assertThat(cli.run("snapshot", "inspect", name).out()).contains("encoding     UTF8");
        assertThat(cli.run("snapshot", "inspect", name, "--json").out()).contains("\"kind\" : \"frozen\"");
        assertThat(cli.run("snapshot", "create", name).err()).contains("there is a snapshot '" + name + "' already");
        assertThat(cli.run("snapshot", "rm", name).code()).isZero();
        assertThat(cli.run("snapshot", "inspect", name).code()).isEqualTo(1);
    }

    @Test
    void stayWhileAServerRunsOnThem() {
        cli.run("up", "only");
        cli.run("snapshot", "create", name);
        cli.run("up", "clone", "--snapshot", name);

        Cli.Answer refused = cli.run("snapshot", "rm", name);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("a server is running on a clone");
    }

    @Test
    void asksWhichServerWhereSeveralRun() {
        cli.run("up", "one");
        cli.run("up", "two");

        Cli.Answer answer = cli.run("snapshot", "create", name);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("2 servers are running").contains("--from");
    }

    private String sql(String server, String statement) {
        return cli.run("psql", server, "--", "-XAtqc", statement).out();
    }
}
