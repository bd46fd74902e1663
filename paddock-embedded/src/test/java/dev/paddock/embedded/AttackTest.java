package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.EngineContract;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.UntrustedFile;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files that somebody forged make Paddock do, whoever's servers it runs. */
@SuppressWarnings("NullAway.Init")
final class AttackTest {
    private static final PaddockHome HOME = EngineContract.sharedHome();

    private Path temp = Path.of("");
    private Process bystander;

    @BeforeEach
    void aProcessThatHasNothingToDoWithServers() throws IOException {
        temp = Files.createTempDirectory("attack");
        bystander = new ProcessBuilder("sleep", "300").directory(temp.toFile()).start();
    }

    @AfterEach
    void endIt() throws Exception {
        bystander.destroyForcibly().waitFor();
        Folders.delete(temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void noProgramOfAServersGetsRightsThatItsServerHasNot(String storage) throws Exception {
        assumeTrue(
                Intruder.run("setpriv", "--no-new-privs", "echo", "there").equals("there"),
                "no setpriv that can keep rights from programs");
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThat(Intruder.inside(server, "grep ^NoNewPrivs: /proc/self/status | tr '\\t' ' '"))
                    .singleElement()
                    .asString()
                    .endsWith("1");
        }
    }

    @Test
    void aForgedRecordEndsNoProcessButServers() throws Exception {
        String name = "forged-" + ProcessHandle.current().pid();
        String stamp = ProcessStamp.of(bystander.pid()).orElseThrow().toString();
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            paddock.up(Optional.of(name), ServerSpec.create());
            Path record = HOME.stateFolder("servers").resolve(name + ".server");
            String genuine = Files.readString(record);
            Files.writeString(record, genuine.replaceAll("(handle\\.(supervisor|postmaster))=.*", "$1=" + stamp));
            try {
                paddock.down(name);
            } catch (PaddockException notAServer) {
                assertThat(notAServer).hasMessageContaining(name);
            }
            assertThat(bystander.isAlive()).isTrue();
            Files.writeString(record, genuine);
            paddock.down(name);
        }
        assertThat(bystander.isAlive()).isTrue();
    }

    @Test
    void aForgedRecordOfAServerThatHasEndedEndsNoProcessEither() throws Exception {
        String name = "forged-ended-" + ProcessHandle.current().pid();
        ProcessStamp stamp = ProcessStamp.of(bystander.pid()).orElseThrow();
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            paddock.up(Optional.of(name), ServerSpec.create());
            Path file = HOME.stateFolder("servers").resolve(name + ".server");
            CheckedFile record = new CheckedFile(file);
            String genuine = record.read().orElseThrow();
            ProcessHandle supervisor = supervisorIn(genuine);
            supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
            supervisor.destroyForcibly();
            supervisor.onExit().get(20, TimeUnit.SECONDS);
            record.keep(genuine.replaceAll("(handle\\.supervisor)=.*", "$1=" + stamp));
            paddock.down(name);
        }
        assertThat(bystander.isAlive()).isTrue();
    }

    private static ProcessHandle supervisorIn(String record) {
        Matcher stamp = Pattern.compile("handle\\.supervisor=(\\d+)").matcher(record);
        assertThat(stamp.find()).isTrue();
        return ProcessHandle.of(Long.parseLong(stamp.group(1))).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "truncate -s 4E endless | is longer than all of it",
                "perl -e 'for (1 .. 700) { mkdir q(d); chdir q(d) }' | lie deeper than any of PostgreSQL's"
            })
    void noDataKeepsASnapshotBusyForEver(String command, String reason) throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer hostile = paddock.start(ServerSpec.create())) {
            Intruder.inside(hostile, command.strip());
            assertThatThrownBy(() -> hostile.snapshot("of-an-endless-one"))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining(reason.strip());
            assertThat(Intruder.ask(hostile, "SELECT 42")).isEqualTo("42");
            assertThat(paddock.snapshots().list())
                    .noneMatch(each -> each.label().equals("of-an-endless-one"));
        }
    }

    @Test
    @EnabledIf(value = "hasSharedMemory", disabledReason = "the kernel doesn't tell of shared memory here")
    void aForgedSessionEndsNoProcessAndRemovesNoSharedMemory() throws Exception {
        String segment = newSegment();
        // As a session in a shared space that everybody above it was killed of, whose data is where the process works.
        Path session = Files.createDirectory(Path.of("/dev/shm", "paddock-" + myAccount() + "-99999999-1-forged"));
        try {
            Path server = Files.createDirectory(session.resolve("1"));
            Files.createSymbolicLink(server.resolve("data"), temp);
            Files.writeString(temp.resolve("postmaster.pid"), postmasterFile(bystander.pid(), segment));
            Files.writeString(session.resolve("1.pid"), "QUIT " + bystander.pid() + "\n");
            try (Paddock paddock = Engines.storedAs("copy", HOME)) {
                paddock.start(ServerSpec.create()).close();
            }
            assertThat(session).doesNotExist();
            assertThat(bystander.isAlive()).isTrue();
            assertThat(segments()).contains(segment);
        } finally {
            Folders.delete(session);
            Intruder.run("ipcrm", "-m", segment);
        }
    }

    @Test
    @EnabledIf(value = "hasSharedMemory", disabledReason = "the kernel doesn't tell of shared memory here")
    void whatAServerWritesIntoItsDataRemovesNoSharedMemoryButItsOwn() throws Exception {
        String segment = newSegment();
        try {
            List<String> before = segments();
            try (Paddock paddock = Engines.storedAs("copy", HOME);
                    PostgresServer hostile = paddock.start(ServerSpec.create())) {
                assertThat(segments()).hasSizeGreaterThan(before.size());
                Intruder.inside(hostile, "sed -i '7s/.*/  1 " + segment + "/' postmaster.pid");
                // Killed, so that it can't remove its segment itself.
                Victim.kill(ProcessHandle.of(Long.parseLong(hostile.identity())).orElseThrow());
            }
            assertThat(segments()).contains(segment).isSubsetOf(before);
        } finally {
            Intruder.run("ipcrm", "-m", segment);
        }
    }

    @Test
    @Timeout(60)
    void aSnapshotWaitsForNobodyWhoHasALeaseOnAFile() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer hostile = paddock.start(ServerSpec.create())) {
            Intruder.inside(
                    hostile,
                    "python3 -c \"import fcntl, time; file = open('leased', 'w');"
                            + " fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK);"
                            + " print('done', flush=True); time.sleep(60)\" > said 2>&1 < /dev/null &"
                            + " until grep -q . said; do sleep 0.1; done; cat said");
            assertThatThrownBy(() ->
                            hostile.snapshot("leased-" + ProcessHandle.current().pid()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("has a lease on a file");
            assertThat(Intruder.ask(hostile, "SELECT 42")).isEqualTo("42");
        }
    }

    @Test
    void aScriptThatSomebodyElseWroteIsNotRunThoughItsSizeIsRight() throws Exception {
        PaddockHome home = Engines.homeWithPostgres(temp.resolve("home"));
        Path ran = temp.resolve("ran");
        try (Paddock paddock = Engines.storedAs("overlay", home)) {
            paddock.start(ServerSpec.create()).close();
        }
        try (Stream<Path> scripts = Files.list(home.cacheFolder("scripts"))) {
            for (Path script : scripts.toList()) {
                byte[] content = Files.readAllBytes(script);
                byte[] forged = ("touch " + ran + "\n").getBytes(StandardCharsets.UTF_8);
                System.arraycopy(forged, 0, content, 0, forged.length);
                Files.write(script, content);
            }
        }
        try (Paddock paddock = Engines.storedAs("overlay", home);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(ran).doesNotExist();
    }

    @Test
    @Timeout(20)
    void nobodyWaitsForWhatComesOutOfAPipeInThePlaceOfAFile() throws Exception {
        Path pipe = temp.resolve("pipe");
        Intruder.run("mkfifo", pipe.toString());
        assertThatThrownBy(() -> UntrustedFile.read(pipe, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a plain file");
    }

    private static String postmasterFile(long pid, String segment) {
        return pid + "\n/data\n1\n5432\n/tmp\n\n  4711 " + segment + "\nready   \n";
    }

    private static String newSegment() throws Exception {
        String said = Intruder.run("ipcmk", "-M", "1024");
        return said.substring(said.lastIndexOf(' ') + 1);
    }

    private static List<String> segments() throws IOException {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+")[1])
                .toList();
    }

    private static Object myAccount() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    static boolean hasSharedMemory() {
        return Files.isReadable(Path.of("/proc/sysvipc/shm"));
    }
}
