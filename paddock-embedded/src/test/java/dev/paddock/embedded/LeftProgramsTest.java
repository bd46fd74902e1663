package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.EngineContract;
import dev.paddock.database.Database;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.ServerAccounts;
import dev.paddock.model.ServerSpec;
import dev.paddock.registry.ServerRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs of a server of root's do to outlive it. */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "servers of ordinary users have the account of their user")
final class LeftProgramsTest {
    private static final PaddockHome HOME = EngineContract.sharedHome();

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void whatAServerLeavesRunningEndsWithIt(String storage) throws Exception {
        String mark = "4" + ProcessHandle.current().pid();
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                PostgresServer other = paddock.start(ServerSpec.create())) {
            try (PostgresServer hostile = paddock.start(ServerSpec.create())) {
                Intruder.inside(hostile, "setsid sleep " + mark + " > /dev/null 2>&1 < /dev/null &");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> Intruder.run("pgrep", "-f", "^sleep " + mark), pid -> !pid.isEmpty());
            }
            // It is killed by then; the kernel may take a moment to remove it.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> Intruder.run("pgrep", "-f", "^sleep " + mark), String::isEmpty);
            assertThat(other.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"overlay, STOP", "overlay, KILL", "copy, STOP", "copy, KILL"})
    void noProgramOutlivesItsServerByStoppingWhateverElseHasItsNumber(String storage, String signal) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                PostgresServer bystander = paddock.start(ServerSpec.create())) {
            PostgresServer hostile = paddock.start(ServerSpec.create());
            int account = Intruder.accountOf(hostile);
            Intruder.inside(
                    hostile,
                    "pid=$(head -n 1 postmaster.pid); setsid sh -c \"while kill -0 $pid; do :; done;"
                            + " while :; do kill -s " + signal + " -- -1; done\" < /dev/null > /dev/null 2>&1 & true");
            assertThat(tasksOf(account)).isNotEmpty();
            hostile.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(tasksOf(account)).isEmpty());
            assertThat(bystander.isAlive()).isTrue();
            assertThat(Intruder.ask(bystander, "SELECT 42")).isEqualTo("42");
        }
    }

    @ParameterizedTest
    @CsvSource({"overlay, hopper", "copy, hopper", "overlay, headless", "copy, headless"})
    void noProgramOutlivesItsServerByBeingHardToFind(String storage, String kind) throws Exception {
        String program = kind.equals("hopper")
                // Another process each few milliseconds.
                ? "perl -e \"\\$end = time + 60; while (time < \\$end) { select(undef, undef, undef, 0.003); fork and exit }\""
                // Its first thread has ended, so it is shown as a zombie.
                : "python3 -c \"import ctypes, threading, time; threading.Thread(target=lambda: time.sleep(60)).start();"
                        + " ctypes.CDLL(None).syscall("
                        + (System.getProperty("os.arch").equals("aarch64") ? 93 : 60)
                        + ", 0)\"";
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            PostgresServer hostile = paddock.start(ServerSpec.create());
            int account = Intruder.accountOf(hostile);
            Intruder.inside(hostile, "setsid " + program + " < /dev/null > /dev/null 2>&1 & sleep 0.5");
            hostile.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(tasksOf(account)).isEmpty());
        }
    }

    @Test
    void noProgramOutlivesASessionOfWhichAllElseWasKilled() throws Exception {
        try (Paddock paddock = Engines.storedAs("copy", HOME)) {
            ServerRecord record = paddock.up(Optional.of("deserted"), ServerSpec.create());
            int account = (int) Files.getAttribute(Path.of("/proc", record.identity()), "unix:uid");
            Intruder.inside(Database.of(record.connection()), "setsid sleep 60 < /dev/null > /dev/null 2>&1 & true");
            ProcessHandle supervisor = ProcessStamp.parse(
                            String.valueOf(record.handle().get("supervisor")))
                    .flatMap(stamp -> ProcessHandle.of(stamp.pid()))
                    .orElseThrow();
            List<ProcessHandle> all =
                    new ArrayList<>(List.of(supervisor.parent().orElseThrow(), supervisor));
            all.addAll(supervisor.descendants().toList());
            all.forEach(ProcessHandle::destroyForcibly);
            Awaitility.await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(tasksOf(account)).isNotEmpty();
            try (Paddock next = Engines.storedAs("copy", HOME)) {
                next.start(ServerSpec.create()).close();
            }
            Awaitility.await().untilAsserted(() -> assertThat(tasksOf(account)).isEmpty());
            paddock.down("deserted");
        }
    }

    /** Whatever has a server's number, its programs can look into. */
    @Test
    void whatEndsAServersProgramsHasNothingOpenOfItsOwnersAndStandsNowhere(@TempDir Path temp) throws Exception {
        Path seen = temp.resolve("seen");
        Path look = Files.writeString(
                temp.resolve("look"), "#!/bin/sh\n{ readlink /proc/$$/cwd; ls /proc/$$/fd; } > " + seen + "\n");
        Files.setPosixFilePermissions(look, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path programs = temp.resolve("programs.sh");
        try (InputStream script = LeftProgramsTest.class.getResourceAsStream("supervision/programs.sh")) {
            Files.copy(Objects.requireNonNull(script), programs);
        }
        Intruder.run(
                "sh",
                "-c",
                "cd " + temp + " && exec 3>a 4>b 5>c 6>d 7>e 8>f 9>g; AS=" + look + " GROUP=1; . " + programs
                        + "; strike 4242 /proc; true");
        assertThat(Files.readAllLines(seen))
                .startsWith("/", "0", "1")
                .doesNotContain("3", "4", "5", "6", "7", "8", "9");
    }

    /** Else they could have it end without a signal, as if nobody had been left. */
    @Test
    void aServersProgramsCanNotLookIntoWhatEndsThem(@TempDir Path temp) throws Exception {
        int account = 2_100_000_077;
        int group = ServerAccounts.ofMachine().group();
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        // It takes its time here.
        Path slow = Files.writeString(temp.resolve("sh"), "#!/bin/sh\nexec sleep 3\n");
        Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path programs = temp.resolve("programs.sh");
        try (InputStream script = LeftProgramsTest.class.getResourceAsStream("supervision/programs.sh")) {
            Files.copy(Objects.requireNonNull(script), programs);
        }
        Process supervisor = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "PATH=" + temp + ":$PATH AS='setpriv --no-new-privs --inh-caps=-all' GROUP=" + group + "; . "
                                + programs + "; strike " + account + " /proc; true")
                .start();
        try {
            String stroke = Awaitility.await()
                    .atMost(Duration.ofSeconds(3))
                    .until(
                            () -> Intruder.run("pgrep", "-u", Integer.toString(account), "-x", "sleep"),
                            pid -> !pid.isEmpty());
            Process look =
                    Intruder.begin(account, group, "readlink /proc/" + stroke + "/exe; cat /proc/" + stroke + "/maps");
            assertThat(look.inputReader().lines()).isEmpty();
            look = Intruder.begin(account, group, "kill -s KILL " + stroke + " && echo signalled");
            assertThat(look.inputReader().lines()).containsExactly("signalled");
        } finally {
            supervisor.waitFor();
        }
    }

    /** Threads that run, whatever their processes look like. */
    private static List<Path> tasksOf(int account) throws IOException {
        List<Path> tasks = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
                    for (Path thread : threads) {
                        String status = Files.readString(thread.resolve("status"));
                        if (status.contains("\nUid:\t" + account + "\t") && !status.contains("\nState:\tZ")) {
                            tasks.add(thread);
                        }
                    }
                } catch (IOException ended) {
                    // Between the list and the look.
                }
            }
        }
        return tasks;
    }
}
