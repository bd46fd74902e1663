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
import dev.paddock.home.ServerAccounts;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.postgres.DatabaseCopies;
import dev.paddock.registry.ServerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever uses a server of root's, or has another account on the machine, tries to get from root and from other servers. */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "servers of ordinary users have the account of their user")
final class AttackOnRootTest {
    private static final PaddockHome HOME = EngineContract.sharedHome();

    private Path temp = Path.of("");

    @BeforeEach
    void aFolderThatAllMayPassTo() throws IOException {
        temp = Files.createTempDirectory("attack");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void removeIt() throws IOException {
        Folders.delete(temp);
    }

    @ParameterizedTest
    @CsvSource({"overlay, 0", "overlay, 1", "copy, 0", "copy, 1"})
    void linksInThePlaceOfTheNextServersFilesLeadRootNowhere(String storage, int guarded) throws Exception {
        Path victim = Intruder.victim(temp);
        Intruder.whileLinksAre(guarded, () -> {
            try (Paddock paddock = Engines.storedAs(storage, HOME);
                    PostgresServer hostile = paddock.start(ServerSpec.create())) {
                // Wherever the next servers might have their folders, logs and configuration.
                Intruder.inside(
                        hostile,
                        "cd \"$PGDATA\" 2>/dev/null; base=$(dirname \"$(dirname \"$PWD\")\"); for n in 2 3 4; do"
                                + " for name in $n.log $n.pid $n.conf; do ln -s " + victim + " $base/$name; done;"
                                + " mkdir $base/$n; chmod 777 $base/$n;"
                                + " for name in postgresql.conf pg_hba.conf; do ln -s " + victim
                                + " $base/$n/$name; done; done 2>/dev/null; true");
                for (int i = 0; i < 2; i++) {
                    try (PostgresServer next = paddock.start(ServerSpec.create())) {
                        assertThat(next.isAlive()).isTrue();
                    } catch (PaddockException refused) {
                        // That is allowed, as long as nothing is written.
                        assertThat(refused).hasMessageContaining("can't");
                    }
                }
            }
            assertThat(victim).hasContent("untouched");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aServersProgramsReachNoOtherServer(String storage) throws Exception {
        ServerSpec onDisk = ServerSpec.create().withStorage(new Storage.OnDisk(temp.resolve("disk")));
        ServerSpec onOther = ServerSpec.create().withStorage(new Storage.OnDisk(temp.resolve("other")));
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                Paddock another = Engines.storedAs(storage, HOME);
                PostgresServer hostile = paddock.start(ServerSpec.create());
                PostgresServer beside = paddock.start(ServerSpec.create());
                PostgresServer elsewhere = another.start(ServerSpec.create());
                PostgresServer disk = paddock.start(onDisk);
                PostgresServer other = another.start(onOther)) {
            assertThat(Intruder.accountOf(hostile)).isNotZero();
            assertThat(List.of(hostile, beside, elsewhere, disk, other))
                    .extracting(Intruder::accountOf)
                    .doesNotHaveDuplicates();
            for (PostgresServer target : List.of(beside, elsewhere, other)) {
                Intruder.inside(target, "echo mine > mark-" + target.port());
                String folder = inside(target);
                for (PostgresServer intruder : List.of(hostile, disk)) {
                    // By its path, and by every process's view of the file system.
                    assertThat(Intruder.inside(
                                    intruder,
                                    "for way in '' /proc/[0-9]*/root; do"
                                            + " for file in socket/.s.PGSQL. .s.PGSQL. data/mark- upper/mark-; do"
                                            + " each=$way" + folder + "/${file}" + target.port()
                                            + "; [ -e $each ] && echo $each; done; done; true"))
                            .isEmpty();
                    assertThat(target.isAlive()).isTrue();
                }
            }
        }
    }

    /** Each would end the other's programs for those that its own has left. */
    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void whileAServerRunsNoneStartsOnACopyOfItsData(String storage) throws Exception {
        Path folder = temp.resolve("data");
        Path copy = temp.resolve("copy");
        ServerSpec onFolder = ServerSpec.create().withStorage(new Storage.OnDisk(folder));
        ServerSpec onCopy = ServerSpec.create().withStorage(new Storage.OnDisk(copy));
        try (Paddock paddock = Engines.storedAs(storage, HOME)) {
            paddock.start(onFolder).close();
            Intruder.run("cp", "-a", folder.toString(), copy.toString());
            try (PostgresServer server = paddock.start(onFolder)) {
                int account = Intruder.accountOf(server);
                assertThatThrownBy(() -> paddock.start(onCopy))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("another server has " + account + ", to which the data belongs")
                        .hasMessageContaining("chown -R");
                assertThat(Intruder.ask(server, "SELECT 42")).isEqualTo("42");
            }
            // One after the other they may.
            try (PostgresServer server = paddock.start(onCopy)) {
                assertThat(Intruder.ask(server, "SELECT 42")).isEqualTo("42");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aServersConfigurationIsReadByItAloneAndChangedByNobody(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                PostgresServer server = paddock.start(ServerSpec.create().withSetting("app.api_key", "key-4711"));
                PostgresServer beside = paddock.start(ServerSpec.create())) {
            String folder = inside(server);
            assertThat(Intruder.ask(server, "SHOW app.api_key")).isEqualTo("key-4711");
            assertThat(Intruder.inside(server, "grep -l 4711 " + folder + "/postgresql.conf"))
                    .hasSize(1);
            assertThat(
                            Intruder.inside(
                                    server,
                                    "cd " + folder
                                            + "; for f in arguments postgresql.conf pg_hba.conf; do { echo >> $f; } 2> /dev/null && echo changed;"
                                            + " mv $f other 2> /dev/null && echo moved; done; touch new 2> /dev/null && echo made; true"))
                    .isEmpty();
            String read = "cat " + folder + "/arguments " + folder + "/postgresql.conf " + folder
                    + "/pg_hba.conf 2> /dev/null; true";
            assertThat(Intruder.inside(beside, read)).isEmpty();
            // Also by the group that servers have in common.
            Process intruder = Intruder.begin(
                    nobody(),
                    ServerAccounts.ofMachine().group(),
                    read.replace(folder, "/proc/" + server.identity() + "/root" + folder) + "; " + read);
            assertThat(intruder.inputReader().lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aServerReadsNoKeyOfTheSessionThatItIsStartedIn(String storage) throws Exception {
        assumeTrue(
                Intruder.run("sh", "-c", "keyctl session - true && echo there").contains("there"),
                "no keyctl, or no keyrings");
        String print = "keyctl print $(keyctl search @s user paddock-test) 2> /dev/null; echo done";
        ProcessBuilder builder = new ProcessBuilder(
                "keyctl",
                "session",
                "-",
                "sh",
                "-c",
                "keyctl add user paddock-test key-4711 @s && " + print + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Teller.class.getName(),
                HOME.cache().resolve("..").toString(),
                print);
        builder.environment().put("PADDOCK_STORAGE", storage);
        Process teller = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> said = teller.inputReader().lines().skip(1).toList();
        // First by itself, then by the server.
        assertThat(said).containsExactly("key-4711", "done", "done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aLinkInThePlaceOfASocketLeadsToNoOtherServer(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                PostgresServer other = paddock.start(ServerSpec.create())) {
            String socket = other.socketFolder().orElseThrow() + "/.s.PGSQL." + other.port();
            // From here on the script would go on in the other server, as its superuser.
            Path script = Files.writeString(temp.resolve("dump.sql"), """
                    COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; cd "$(sed -n 5p postmaster.pid)" && for s in .s.*[0-9]; do ln -sf %s $s; done';
                    \\c postgres
                    CREATE TABLE pony ();
                    """.formatted(socket));
            assertThatThrownBy(() -> paddock.start(ServerSpec.create().withInit(List.of(script)))
                            .close())
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("listens there");
            assertThat(Intruder.ask(other, "SELECT count(*) FROM pg_class WHERE relname = 'pony'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void whatAServerHandsOnOfACatalogLeavesItsDataNot() throws Exception {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path data = Files.createDirectories(temp.resolve("data"));
        Path first = Files.createDirectories(data.resolve("base/3000000001"));
        Files.writeString(first.resolve("pg_internal.init"), "the catalog");
        Files.createSymbolicLink(data.resolve("base/3000000002"), elsewhere);
        DatabaseCopies.handOnCatalogCache(data, 1);
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(data.resolve("base/3000000002"));
        Path second = Files.createDirectory(data.resolve("base/3000000002"));
        DatabaseCopies.handOnCatalogCache(data, 1);
        assertThat(second.resolve("pg_internal.init")).hasContent("the catalog");
    }

    @Test
    void ofALogThatAServerMadeEndlessNoMoreIsKeptThanItsEnd() throws Exception {
        String name = "endless-" + ProcessHandle.current().pid();
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            ServerRecord hostile = paddock.up(Optional.of(name), ServerSpec.create());
            try (Connection connection =
                            DriverManager.getConnection(hostile.connection().jdbcUrlWithCredentials());
                    Statement statement = connection.createStatement()) {
                statement.execute("COPY (SELECT 1) TO PROGRAM "
                        + "'cat > /dev/null; perl -e \"truncate(STDERR, 1 << 40) or die\"'");
            }
            Victim.kill(ProcessHandle.of(Long.parseLong(hostile.identity())).orElseThrow());
            Path note = paddock.registry().note(hostile);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(note));
            assertThat(Files.size(note)).isLessThan(100_000);
            paddock.down(name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFolderForDataThatAStrangerMadeIsRefused(int guarded) throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path victim = Intruder.victim(temp);
        Path disk = temp.resolve("disk");
        Intruder.whileLinksAre(guarded, () -> {
            Intruder.as(
                    Intruder.STRANGER,
                    "mkdir " + disk + "; chmod 777 " + disk + "; ln -s " + victim + " " + disk + "/owner");
            Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
                assertThatThrownBy(() -> paddock.start(ServerSpec.create().withStorage(new Storage.OnDisk(disk))))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("belongs to the user " + Intruder.STRANGER);
            }
            assertThat(victim).hasContent("untouched");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void noOtherAccountReachesAServer(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, HOME);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            String folder = inside(server);
            for (int account : new int[] {Intruder.STRANGER, nobody()}) {
                assertThat(Intruder.as(
                                account,
                                "for way in '' /proc/" + server.identity() + "/root; do ls -d $way" + folder
                                        + "/socket/.s.* $way" + folder + "/.s.* $way" + folder
                                        + "/data/PG_VERSION 2>/dev/null; done; kill -s TERM " + server.identity()
                                        + " 2>/dev/null && echo killed"))
                        .isEmpty();
            }
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aSnapshotHoldsNothingThatLinksLeadTo() throws Exception {
        Path secrets = Files.createDirectory(
                temp.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (int n = 1; n <= 300; n++) {
            Files.writeString(secrets.resolve(Integer.toString(n)), "TOP SECRET");
        }
        try (Paddock paddock = Engines.storedAs("overlay", Engines.homeWithPostgres(temp.resolve("home")));
                PostgresServer hostile = paddock.start(ServerSpec.create())) {
            // A program that has left its parents goes on exchanging a folder for a link to another with the same names
            // in it.
            Intruder.inside(
                    hostile,
                    "mkdir bait; for n in $(seq 300); do echo bait > bait/$n; done; setsid sh -c '"
                            + "while :; do mv bait aside; ln -s " + secrets + " bait; rm bait; mv aside bait; done"
                            + "' > /dev/null 2>&1 < /dev/null &");
            for (int round = 0; round < 4; round++) {
                try {
                    hostile.snapshot("of-" + round);
                } catch (PaddockException refused) {
                    assertThat(refused).hasMessageContaining("bait");
                }
            }
            assertThat(filesWith("TOP SECRET", temp.resolve("home"))).isEmpty();
        }
    }

    private static List<Path> filesWith(String text, Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                                    .contains(text);
                        } catch (IOException failure) {
                            throw new java.io.UncheckedIOException(failure);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void aNameThatAServerGaveToAnothersFileDoesNotBringItIntoASnapshot() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret"), "TOP SECRET");
        Path disk = temp.resolve("disk");
        ServerSpec onDisk = ServerSpec.create().withStorage(new Storage.OnDisk(disk));
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            paddock.start(onDisk).close();
            // As fs.protected_hardlinks=0 would have let it do.
            Files.createLink(disk.resolve("data/base/secret"), secret);
            assertThatThrownBy(() -> {
                        try (PostgresServer server = paddock.start(onDisk)) {
                            server.snapshot("linked-" + ProcessHandle.current().pid());
                        }
                    })
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("base/secret belongs to another account");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStrangersCopyOfPostgresIsNotRun(int guarded) throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
        PaddockHome home = Engines.homeWithPostgres(temp.resolve("home"));
        Path ran = Path.of("/tmp", "ran-" + ProcessHandle.current().pid());
        Path place = Path.of("/var/tmp/paddock-0");
        Intruder.whileLinksAre(guarded, () -> {
            try (Paddock paddock = Engines.storedAs("overlay", home)) {
                paddock.start(ServerSpec.create()).close();
                Path installation;
                try (Stream<Path> all = Files.list(home.cache().resolve("installations"))) {
                    installation = all.filter(Files::isDirectory).findFirst().orElseThrow();
                }
                String name = "of-cache-"
                        + Integer.toHexString(installation.toString().hashCode());
                Intruder.as(
                        Intruder.STRANGER,
                        "mkdir -p " + place + "/" + name + "/bin; cd " + place + "/" + name + "/bin;"
                                + " printf '#!/bin/sh\\ntouch " + ran + "\\n' > postgres; cp postgres initdb;"
                                + " chmod 755 postgres initdb");
            }
            try (Paddock paddock = Engines.storedAs("copy", home);
                    PostgresServer server = paddock.start(ServerSpec.create())) {
                assertThat(server.isAlive()).isTrue();
            } finally {
                forgetPublicCopies(home);
                Folders.delete(place);
            }
            assertThat(ran).doesNotExist();
        });
    }

    @Test
    void aFolderThatALinkLeadsToStaysClosed() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
        PaddockHome home = Engines.homeWithPostgres(temp.resolve("home"));
        Path closed = Files.createDirectory(
                temp.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path place = Path.of("/var/tmp/paddock-0");
        Intruder.whileLinksAre(0, () -> {
            Intruder.as(Intruder.STRANGER, "ln -s " + closed + " " + place);
            try (Paddock paddock = Engines.storedAs("copy", home);
                    PostgresServer server = paddock.start(ServerSpec.create())) {
                assertThat(server.isAlive()).isTrue();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
                        .isEqualTo("rwx------");
                assertThat(closed).isEmptyDirectory();
            } finally {
                forgetPublicCopies(home);
                Files.deleteIfExists(place);
            }
        });
    }

    private static void forgetPublicCopies(PaddockHome home) throws IOException {
        Path memory = home.cache().resolve("public");
        if (Files.isDirectory(memory)) {
            try (Stream<Path> copies = Files.list(memory)) {
                for (Path copy : copies.toList()) {
                    Folders.delete(Path.of(new CheckedFile(copy).read().orElseThrow()));
                }
            }
        }
    }

    /** Until a server has its data, that is nobody's: of an account that other programs may run under, too. */
    @Test
    void noProgramOfNobodysGetsToDataThatIsBeingMade() throws Exception {
        String attack = "while :; do for s in /dev/shm/paddock-0-* /tmp/paddock-0-*; do for n in 1 2 3 4 5 6 7 8; do"
                + " for d in data draft/data; do echo >> $s/$n/$d/postgresql.auto.conf && echo got to $s/$n/$d;"
                + " done; done; done; done";
        // Also with the servers' group, which one of them could hand on.
        for (int group : new int[] {nobody(), ServerAccounts.ofMachine().group()}) {
            PaddockHome home = Engines.homeWithPostgres(temp.resolve("home-" + group));
            Process intruder = Intruder.begin(nobody(), group, attack);
            try (Paddock paddock = Engines.storedAs("copy", home)) {
                for (int i = 0; i < 5; i++) {
                    try (PostgresServer server = paddock.start(ServerSpec.create())) {
                        assertThat(server.isAlive()).isTrue();
                    }
                }
            } finally {
                Victim.kill(intruder.toHandle());
                forgetPublicCopies(home);
            }
            assertThat(intruder.inputReader().lines()).isEmpty();
        }
    }

    @Test
    void noProgramOfNobodysGetsToDataThatIsCopiedToAFolder() throws Exception {
        Process intruder = Intruder.begin(
                nobody(),
                nobody(),
                "while :; do for d in " + temp + "/disk-*/draft-*/data; do"
                        + " echo >> $d/postgresql.auto.conf && echo got to $d; done; done");
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            for (int i = 0; i < 5; i++) {
                paddock.start(ServerSpec.create().withStorage(new Storage.OnDisk(temp.resolve("disk-" + i))))
                        .close();
            }
        } finally {
            Victim.kill(intruder.toHandle());
        }
        assertThat(intruder.inputReader().lines()).isEmpty();
    }

    @Test
    void aServerWithoutTheRightsThatItTakesIsRefusedWithTheirNames() throws Exception {
        ProcessBuilder weak = Victim.command(HOME.cache().resolve(".."), temp, "copy");
        weak.command().addAll(0, List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        Process victim = weak.start();
        String said = new String(victim.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(said)
                .contains("PostgreSQL refuses to run as root, and root may not start it as another user here")
                .contains("CHOWN, DAC_OVERRIDE, FOWNER, KILL, SETGID, SETUID");
    }

    private static int nobody() throws Exception {
        return Integer.parseInt(Intruder.run("id", "-u", "nobody"));
    }

    /** The folder of a server as its own programs know it. */
    private static String inside(PostgresServer server) {
        try {
            List<String> command = List.of(Files.readString(Path.of("/proc", server.identity(), "cmdline"))
                    .split("\0"));
            String data = command.get(command.indexOf("-D") + 1);
            return data.substring(0, data.lastIndexOf('/'));
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
