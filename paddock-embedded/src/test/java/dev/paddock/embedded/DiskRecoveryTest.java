package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.registry.ServerRecord;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.template.TemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of data is gone on with at once, whatever died that worked on it. */
@Timeout(90)
final class DiskRecoveryTest {
    private static final PaddockHome HOME =
            PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());
    /** A start with recovery takes a fraction of a second; on the former commit it took a minute and then failed. */
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Where each account may pass. */
    private Path temp = Path.of("");

    @BeforeEach
    void makeAFolder() throws IOException {
        temp = Files.createTempDirectory("recovery");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void removeIt() throws IOException {
        Folders.delete(temp);
    }

    @ParameterizedTest
    @CsvSource({
        "overlay, postmaster",
        "overlay, supervisor",
        "copy, postmaster",
        "copy, supervisor",
        "copy, guard",
        "copy, guard and supervisor"
    })
    void goesOnWithTheDataOfAStandingServerWhateverOfItWasKilled(String storage, String what) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            String name = "recovered-" + storage + "-" + what.replace(' ', '-');
            Map<String, String> handle = paddock.up(Optional.of(name), onDisk()).handle();
            execute(paddock.registry().get(name), "CREATE TABLE t AS SELECT 42 AS n");
            long supervisor = stamp(handle, "supervisor").pid();
            ProcessHandle guard =
                    ProcessHandle.of(supervisor).flatMap(ProcessHandle::parent).orElseThrow();
            long postmaster = stamp(handle, "postmaster").pid();
            switch (what) {
                case "postmaster" -> kill(postmaster);
                case "supervisor" -> kill(supervisor);
                case "guard" -> {
                    kill(guard.pid());
                    // Who stands below it ends, and takes the server with it.
                    Awaitility.await().until(() -> ProcessStamp.of(supervisor).isEmpty());
                }
                // At once, so that neither can do anything for the other, and the postmaster runs on.
                default -> kill(guard.pid(), supervisor);
            }
            long begun = System.nanoTime();
            paddock.up(Optional.of(name), onDisk());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
            assertThat(stamp(handle, "postmaster").isAlive()).isFalse();
            execute(paddock.registry().get(name), "INSERT INTO t VALUES (43)");
            paddock.down(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void endsChildrenThatOutlivedTheirPostmasterBeforeAnotherServerWorksOnTheData(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            PostgresServer first = paddock.start(onDisk());
            ProcessHandle child = ProcessHandle.of(Long.parseLong(first.identity()))
                    .orElseThrow()
                    .children()
                    .findFirst()
                    .orElseThrow();
            ProcessStamp orphan = ProcessStamp.of(child.pid()).orElseThrow();
            // It can't see that its postmaster is gone.
            signal("STOP", child.pid());
            kill(Long.parseLong(first.identity()));
            first.close();
            try (PostgresServer next = paddock.start(onDisk())) {
                assertThat(orphan.isAlive()).isFalse();
                assertThat(next.isAlive()).isTrue();
            }
        }
    }

    @Test
    void noServerComesToDataThatACopyIsBeingMadeOf() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            paddock.start(onDisk()).close();
            CompletableFuture<PostgresServer> starting;
            try (FileLockScope held = new DiskFolder(folder()).hold(HOME)) {
                starting = CompletableFuture.supplyAsync(() -> paddock.start(onDisk()));
                assertThatThrownBy(() -> starting.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            }
            starting.get(30, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void refusesAFolderWhoseServerRuns() {
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer server = paddock.start(onDisk())) {
            assertThatThrownBy(() -> paddock.start(onDisk()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("a server is running on " + temp.resolve("data"));
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aCopyOfAFolderWhoseServerRunsIsToldFromThatFolder() throws Exception {
        Path copy = temp.resolve("copy");
        ServerSpec onCopy = ServerSpec.create().withStorage(new Storage.OnDisk(copy));
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            try (PostgresServer server = paddock.start(onDisk())) {
                new ProcessBuilder("cp", "-a", folder().toString(), copy.toString())
                        .inheritIO()
                        .start()
                        .waitFor();

                assertThatThrownBy(() -> paddock.start(onCopy))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining(copy + " is a copy of a folder that a server was running on")
                        .extracting(
                                failure -> ((PaddockException) failure).hint().orElse(""))
                        .asString()
                        .contains("remove " + copy.resolve("owner"));
                assertThatThrownBy(() -> paddock.start(onDisk())).hasMessageContaining("a server is running on");
                assertThat(server.isAlive()).isTrue();
            }
            Files.delete(copy.resolve("owner"));
            paddock.start(onCopy).close();
        }
    }

    @Test
    void dataIsNotMadeAnewThoughSomethingElseHasTheNameOfItsMark() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            try (PostgresServer server = paddock.start(onDisk())) {
                Intruder.ask(server, "SELECT 1");
            }
            // Whoever has this knows that all was done.
            Files.delete(folder().resolve("connection.properties"));
            Path mark = Files.createDirectory(folder().resolve("unfinished"));
            assertThatThrownBy(() -> paddock.start(onDisk()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining(
                            mark + " tells of data that was never made complete, but not of the data beside it");
            assertThat(folder().resolve("data/PG_VERSION")).exists();
            Files.delete(mark);
            Path elsewhere = temp.resolve("elsewhere");
            Files.createSymbolicLink(folder().resolve("owner"), elsewhere);
            paddock.start(onDisk()).close();
            assertThat(elsewhere).doesNotExist();
        }
    }

    @Test
    void theEndOfAFailedServerLeavesTheNextOneInItsFolderAlone() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            Map<String, String> failed =
                    paddock.up(Optional.of("failed-on-disk"), onDisk()).handle();
            kill(stamp(failed, "postmaster").pid());
            Awaitility.await().until(() -> !stamp(failed, "supervisor").isAlive());
            Map<String, String> next =
                    paddock.up(Optional.of("next-on-disk"), onDisk()).handle();
            paddock.down("failed-on-disk");
            assertThat(stamp(next, "postmaster").isAlive()).isTrue();
            execute(paddock.registry().get("next-on-disk"), "SELECT 1");
            paddock.down("next-on-disk");
        }
    }

    @Test
    void aDamagedNoteOfWhoWorksInAFolderIsNotTakenForNobodys() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer server = paddock.start(onDisk())) {
            Files.writeString(folder().resolve("owner"), "");
            assertThatThrownBy(() -> paddock.start(onDisk()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("a server is running on " + folder());
            assertThat(Intruder.ask(server, "SELECT 42")).isEqualTo("42");
        }
    }

    @Test
    void whoFoundAFolderEmptyDoesNotTakeAnothersDataForItsOwn() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            Snapshot empty = paddock.template(TemplateSpec.of(ServerSpec.create()));
            paddock.start(onDisk()).close();
            DiskFolder disk = new DiskFolder(folder());
            assertThatThrownBy(() -> disk.take(HOME, Account.forPostgres(), empty, ProcessStamp.ofSelf(), false))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("another server has just put its data into " + folder());
            assertThat(disk.hasData()).isTrue();
        }
    }

    @Test
    void dataFromABackupIsNeverTakenForWhatWasNotCompleted() throws Exception {
        Path backup = temp.resolve("backup");
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            try (PostgresServer server = paddock.start(onDisk())) {
                Intruder.ask(server, "SELECT 1");
            }
            Intruder.run("cp", "-a", folder().toString(), backup.toString());
            Folders.delete(folder());
            leaveUnfinished();
            Folders.delete(folder().resolve("data"));
            Intruder.run("cp", "-a", backup.resolve("data").toString(), folder().toString());
            assertThatThrownBy(() -> paddock.start(onDisk()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("but not of the data beside it");
            // With all that stood beside it, it is what it was.
            Intruder.run("cp", "-a", backup + "/.", folder().toString());
            try (PostgresServer server = paddock.start(onDisk())) {
                assertThat(server.isAlive()).isTrue();
            }
            assertThat(folder().resolve("unfinished")).doesNotExist();
        }
    }

    private void leaveUnfinished() throws Exception {
        Path endless = Files.writeString(temp.resolve("endless.sql"), "SELECT pg_sleep(60);");
        Process victim = Victim.startOnDisk(HOME.cache().resolve(".."), temp, "overlay", folder(), endless);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(folder().resolve("data/postmaster.pid")));
        Victim.kill(victim.toHandle());
        assertThat(folder().resolve("unfinished")).exists();
    }

    @Test
    void aFolderThatHasLostItsDataIsToldAndNotFilledAnew() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            paddock.start(onDisk()).close();
            Folders.delete(folder().resolve("data"));
            assertThatThrownBy(() -> paddock.start(onDisk()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("its data is gone");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShutDownThatDidNotComeToItsEndIsTold(boolean standing) throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            Closing end;
            if (standing) {
                paddock.up(Optional.of("unclean"), onDisk());
                end = () -> paddock.down("unclean");
            } else {
                end = paddock.start(onDisk())::close;
            }
            // What it writes last has no place, as on a full disk.
            Folders.delete(folder().resolve("data/pg_logical"));
            assertThatThrownBy(end::run)
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("the server on " + folder() + " did not come to shut down in order")
                    // The log of one that stood alone goes with it.
                    .hasMessageContaining(standing ? "" : "could not open directory \"pg_logical/snapshots\"");
            assertThat(paddock.registry().list()).noneMatch(each -> each.name().equals("unclean"));
            assertThat(folder().resolve("owner")).doesNotExist();
        }
    }

    private interface Closing {
        void run();
    }

    @Test
    void dataWhoseOriginNobodyTellsIsToldAndLeft() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            paddock.start(onDisk()).close();
            Files.delete(folder().resolve("manifest.properties"));
            assertThatThrownBy(() -> paddock.start(onDisk()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("holds a server's data, but not the file manifest.properties");
            assertThat(folder().resolve("data/PG_VERSION")).exists();
        }
    }

    @Test
    void aPasswordThatIsNotAsItWasWrittenIsToldAndNotGivenToTheData() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            String right;
            try (PostgresServer server = paddock.start(onDisk())) {
                right = server.connection().password().value();
            }
            Path kept = folder().resolve("connection.properties");
            String wrong = (right.charAt(0) == 'a' ? 'b' : 'a') + right.substring(1);
            Files.writeString(kept, Files.readString(kept).replace(right, wrong));
            assertThatThrownBy(() -> paddock.start(onDisk()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("can't read " + kept + ": it is not as it was written");
            Files.writeString(kept, Files.readString(kept).replace(wrong, right));
            try (PostgresServer server = paddock.start(onDisk())) {
                assertThat(server.connection().password().value()).isEqualTo(right);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void neverGoesOnWithDataWhoseInitScriptsWereCutShort(String storage) throws Exception {
        Path script = Files.writeString(temp.resolve("init.sql"), """
                CREATE TABLE t AS SELECT n FROM generate_series(1, 1000) n; SELECT pg_sleep(0.3);
                CREATE TABLE last AS SELECT 1 AS n;
                """);
        Random random = new Random(20261129);
        for (int round = 0; round < 5; round++) {
            Process victim = Victim.startOnDisk(HOME.cache().resolve(".."), temp, storage, folder(), script);
            TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(900));
            Victim.kill(victim.toHandle());
            try (Paddock paddock = Engines.storedAs(storage, HOME);
                    PostgresServer next = paddock.start(onDisk().withInit(List.of(script)));
                    Connection connection = next.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("UPDATE last SET n = n + 1")).isEqualTo(1);
                assertThat(statement.executeUpdate("UPDATE t SET n = n + 1")).isEqualTo(1000);
            }
            if (round % 2 == 0) {
                Folders.delete(folder());
            }
        }
    }

    private Path folder() {
        return temp.resolve("data");
    }

    private ServerSpec onDisk() {
        return ServerSpec.create().withStorage(new Storage.OnDisk(folder()));
    }

    private static ProcessStamp stamp(Map<String, String> handle, String name) {
        return ProcessStamp.parse(String.valueOf(handle.get(name))).orElseThrow();
    }

    private static void kill(long... pids) {
        for (long pid : pids) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        Awaitility.await()
                .until(() ->
                        Arrays.stream(pids).allMatch(pid -> ProcessStamp.of(pid).isEmpty()));
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void execute(ServerRecord server, String sql) throws SQLException {
        try (Connection connection =
                        Database.of(server.connection()).dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
