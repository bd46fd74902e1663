package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.home.ProcessStamp;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a server and its command when signals come. */
class LifetimeTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Path folder;
    private final Cli cli;

    LifetimeTest(@TempDir Path folder) {
        this.folder = folder;
        this.cli = Cli.in(folder);
    }

    @Test
    void ctrlCEndsTheCommandAndThenTheServer() throws Exception {
        Process job = cli.job("run", "--", "sh", "-c", "trap 'echo caught; exit 7' INT; sleep 60 & echo ready; wait");
        cli.awaitOutput(job, "ready");
        List<ProcessStamp> family = family(job);

        signal("INT", "-" + job.pid());

        assertThat(cli.finish(job, Duration.ofSeconds(20)).code()).isEqualTo(7);
        assertThat(cli.outputOf(job)).contains("caught");
        assertThat(servers(survivors(family))).isEmpty();
    }

    @Test
    void commandThatOutlivesCtrlCKeepsItsServer() throws Exception {
        Process job = cli.job(
                "run",
                "--",
                "bash",
                "-c",
                "trap 'echo caught' INT; echo ready; until [ -e go ]; do sleep 0.1; done;"
                        + " exec 3<>/dev/tcp/$PGHOST/$PGPORT && echo connected");
        cli.awaitOutput(job, "ready");

        signal("INT", "-" + job.pid());
        cli.awaitOutput(job, "caught");
        Files.createFile(folder.resolve("go"));

        Cli.Answer answer = cli.finish(job, Duration.ofSeconds(20));
        assertThat(answer.out()).contains("connected");
        assertThat(answer.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, exit 7, 7",
        "TERM, exit 0, 0",
        "HUP, exit 7, 7",
        "TERM, trap - TERM; kill $$, 143",
        "HUP, trap - TERM; kill $$, 129"
    })
    void signalToPaddockAloneEndsTheCommandTooAndTheCommandGivesTheCode(String signal, String reaction, int code)
            throws Exception {
        Process job = cli.job(
                "run", "--", "sh", "-c", "trap 'echo told; " + reaction + "' TERM; echo ready; sleep 60 & wait");
        cli.awaitOutput(job, "ready");
        List<ProcessStamp> family = family(job);

        signal(signal, Long.toString(job.pid()));

        assertThat(cli.finish(job, Duration.ofSeconds(20)).code()).isEqualTo(code);
        assertThat(cli.outputOf(job)).contains("told");
        assertThat(servers(survivors(family))).isEmpty();
    }

    @Test
    void nothingIsLeftWhenPaddockIsKilled() throws Exception {
        Process job = cli.job("run", "--", "sh", "-c", "echo ready; exec sleep 60");
        cli.awaitOutput(job, "ready");
        List<ProcessStamp> family = family(job);
        assertThat(family).hasSizeGreaterThan(3);

        job.destroyForcibly();

        assertThat(survivors(family)).isEmpty();
        assertThat(mounts()).isEmpty();
        assertThat(files(cli.state())).isEmpty();
    }

    @Test
    void whatTheCommandHasStartedEndsTooWhenPaddockIsKilled() throws Exception {
        Process job = cli.job(
                "run",
                "--",
                "sh",
                "-c",
                "sleep 61 & (sleep 62 &); trap 'echo told' TERM; echo ready; sleep 63; sleep 64");
        cli.awaitOutput(job, "ready");
        Deadline.in(Duration.ofSeconds(10))
                .await(() -> family(job).stream()
                                .filter(each -> command(each).contains("sleep"))
                                .count()
                        > 1);
        List<ProcessStamp> family = family(job);
        List<ProcessStamp> orphans = sleepers("62");
        assertThat(orphans).hasSize(1);

        job.destroyForcibly();

        // It may do something yet that it has been told to do at its end.
        Deadline.in(Duration.ofSeconds(20))
                .await(() -> Stream.concat(family.stream(), orphans.stream()).noneMatch(ProcessStamp::isAlive));
        assertThat(family).noneMatch(ProcessStamp::isAlive);
        assertThat(orphans).noneMatch(ProcessStamp::isAlive);
    }

    @Test
    void whatTheCommandHasStartedElsewhereEndsTooWhenPaddockIsKilledWithItsGroup() throws Exception {
        Process job = cli.job("run", "--", "sh", "-c", "setsid sleep 66 & echo ready; sleep 67");
        cli.awaitOutput(job, "ready");
        Deadline.in(Duration.ofSeconds(10)).await(() -> !sleepers("66").isEmpty());
        List<ProcessStamp> elsewhere = sleepers("66");
        assertThat(elsewhere).hasSize(1);

        signal("KILL", "-" + job.pid());

        Deadline.in(Duration.ofSeconds(20)).await(() -> elsewhere.stream().noneMatch(ProcessStamp::isAlive));
        assertThat(elsewhere).noneMatch(ProcessStamp::isAlive);
    }

    /** Those that have this mark in their environment and sleep so long: nobody's child any more, perhaps. */
    private List<ProcessStamp> sleepers(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info()
                        .arguments()
                        .filter(words -> List.of(words).equals(List.of(seconds)))
                        .isPresent())
                .filter(each -> {
                    try {
                        return Path.of("/proc/" + each.pid() + "/cwd")
                                .toRealPath()
                                .equals(folder.toRealPath());
                    } catch (IOException gone) {
                        return false;
                    }
                })
                .flatMap(each -> ProcessStamp.of(each.pid()).stream())
                .toList();
    }

    @Test
    void backgroundOfACommandThatEndedByItselfIsLeftAlone() throws Exception {
        Process job = cli.job("run", "--", "sh", "-c", "sleep 65 > /dev/null 2>&1 &");
        assertThat(cli.finish(job, Duration.ofSeconds(90)).code()).isZero();
        List<ProcessStamp> left = sleepers("65");
        assertThat(left).hasSize(1);
        ProcessHandle.of(left.get(0).pid()).ifPresent(ProcessHandle::destroy);
    }

    @Test
    void commandIsToldThatItWasTheTimeToLiveThatEndedItsServer() {
        Cli.Answer answer = cli.run("run", "--ttl", "1s", "--", "sh", "-c", "sleep 3; exit 5");

        assertThat(answer.code()).isEqualTo(5);
        assertThat(answer.err()).contains("the server's time to live (--ttl) was over before the command ended");
    }

    @RepeatedTest(8)
    void nothingIsLeftWhenPaddockIsKilledWhileItStarts() throws Exception {
        Process job = cli.job("run", "--", "sleep", "60");
        long moment = 150 + (long) (Math.random() * 700);
        Deadline.in(Duration.ofMillis(moment)).await(() -> !job.isAlive());
        List<ProcessStamp> family = family(job);

        job.destroyForcibly();

        assertThat(survivors(family)).as("killed after " + moment + " ms").isEmpty();
        assertThat(mounts()).isEmpty();
    }

    @Test
    void standingServerOutlivesThePaddockThatStartedItAndEndsByItself() {
        try (Cli own = cli) {
            assertThat(own.run("up", "brief", "--ttl", "3s").code()).isZero();
            assertThat(own.run("url", "brief").code()).isZero();

            Deadline.in(Duration.ofSeconds(20))
                    .await(() -> own.run("url", "brief").code() != ExitCode.OK);

            assertThat(own.run("ls").out()).isEmpty();
        }
    }

    private static void signal(String name, String target) throws Exception {
        new ProcessBuilder("/bin/kill", "-s", name, "--", target)
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The process and all that descend from it. */
    private static List<ProcessStamp> family(Process head) {
        List<ProcessStamp> family = new ArrayList<>();
        Stream.concat(Stream.of(head.toHandle()), head.descendants())
                .forEach(member -> ProcessStamp.of(member.pid()).ifPresent(family::add));
        return family;
    }

    /** Those who are alive after a moment. */
    private static List<ProcessStamp> survivors(List<ProcessStamp> family) {
        Deadline.in(MOMENT).await(() -> family.stream().noneMatch(ProcessStamp::isAlive));
        return family.stream().filter(ProcessStamp::isAlive).toList();
    }

    /** Without the command's own background job, which is the command's own business. */
    private static List<ProcessStamp> servers(List<ProcessStamp> processes) {
        return processes.stream()
                .filter(each -> !command(each).contains("sleep"))
                .toList();
    }

    private static String command(ProcessStamp process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"));
        } catch (IOException gone) {
            return "";
        }
    }

    private List<String> mounts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(mount -> mount.contains(folder.toString()))
                .toList();
    }

    private static List<Path> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
