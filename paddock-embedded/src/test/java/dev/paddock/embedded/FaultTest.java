package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the machine doesn't play along. */
final class FaultTest {
    private static final PaddockHome HOME =
            PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());

    @Test
    void aFullServerSaysSoAndTheOthersLiveOn() throws Exception {
        try (Paddock paddock = Engines.storedAs("overlay", HOME);
                PostgresServer small =
                        paddock.start(ServerSpec.create().withStorage(new Storage.InMemory(ByteSize.ofMegabytes(24))));
                PostgresServer other = paddock.start(ServerSpec.create())) {
            try (Connection connection = small.database().dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (filling text)");
                assertThatThrownBy(() -> statement.execute(
                                "INSERT INTO t SELECT repeat(md5(n::text), 50) FROM generate_series(1, 200000) n"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(small.lastLogLines(50)).anyMatch(line -> line.contains("No space left on device"));
            try (Connection connection = other.database().dataSource().getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void whatIsKeptInSharedMemoryIsSeenThoughServersHaveTheirOwnThere() throws Exception {
        Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "kept");
        try {
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwx--x--x"));
            ServerSpec onDisk = ServerSpec.create().withStorage(new Storage.OnDisk(shared.resolve("data")));
            try (Paddock paddock = Engines.storedAs("overlay", PaddockHome.under(shared.resolve("home")))) {
                try (PostgresServer server = paddock.start(ServerSpec.create())) {
                    assertThat(server.isAlive()).isTrue();
                }
                try (PostgresServer first = paddock.start(onDisk);
                        Connection connection = first.database().dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE pony (name text)");
                }
                try (PostgresServer next = paddock.start(onDisk);
                        Connection connection = next.database().dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThat(statement.executeUpdate("INSERT INTO pony VALUES ('Merlin')"))
                            .isEqualTo(1);
                }
            }
        } finally {
            exec("rm", "-rf", shared.toString());
        }
    }

    @Test
    void aFullDiskLeavesNoHalfASnapshot() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root may mount a file system that is too small");
        Path mount = Files.createTempDirectory("paddock-full");
        exec("mount", "-t", "tmpfs", "-o", "size=90m,mode=755", "none", mount.toString());
        try {
            PaddockHome home = PaddockHome.under(mount.resolve("home"));
            try (Paddock paddock = Engines.storedAs("overlay", home)) {
                try (PostgresServer server = paddock.start(ServerSpec.create());
                        Connection connection = server.database().dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(
                            "CREATE TABLE t AS SELECT repeat(md5(n::text), 50) FROM generate_series(1, 90000) n");
                    assertThatThrownBy(() -> server.snapshot("toolarge"))
                            .isInstanceOf(PaddockException.class)
                            .hasMessageContaining("No space left on device");
                    assertThat(connection.isValid(5)).isTrue();
                }
                assertThat(paddock.snapshots().find("toolarge")).isEmpty();
                try (Stream<Path> snapshots = Files.list(home.cache().resolve("snapshots"))) {
                    assertThat(snapshots.map(each -> each.getFileName().toString()))
                            .allMatch(name -> name.matches("[0-9a-f]{64}"));
                }
            }
        } finally {
            exec("umount", mount.toString());
            Files.delete(mount);
        }
    }

    @Test
    void aPlaceThatNoProgramMayRunFromIsNamed() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount a place without programs");
        Path mount = Files.createTempDirectory("paddock no programs");
        exec("mount", "-t", "tmpfs", "-o", "noexec,mode=755", "none", mount.toString());
        try (Paddock paddock = Engines.storedAs("overlay", PaddockHome.under(mount.resolve("home")))) {
            assertThatThrownBy(() -> paddock.start(ServerSpec.create()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining(mount + " is mounted noexec");
        } finally {
            exec("umount", mount.toString());
            Files.delete(mount);
        }
    }

    @Test
    void aCacheThatCanNotBeWrittenIsNamed(@TempDir Path temp) throws Exception {
        assumeTrue(!"root".equals(System.getProperty("user.name")), "root may write everywhere");
        Path locked = Files.createDirectory(temp.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
        try (Paddock paddock = Paddock.open("embedded", PaddockHome.under(locked.resolve("home")), Progress.NONE)) {
            assertThatThrownBy(() -> paddock.start(ServerSpec.create()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining(locked.toString());
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void anUnknownStorageIsRefused() {
        try (Paddock paddock = Engines.storedAs("floppy", HOME)) {
            assertThatThrownBy(() -> paddock.start(ServerSpec.create()))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("PADDOCK_STORAGE is 'floppy'");
        }
    }

    @Test
    void failedInitScriptsLeaveNoServer(@TempDir Path temp) throws Exception {
        Path script = Files.writeString(temp.resolve("broken.sql"), "CREATE TABLE a (n int);\n\nSELEC 1;\n");
        Path disk = temp.resolve("disk");
        try (Paddock paddock = Engines.storedAs("overlay", HOME)) {
            ServerSpec spec = ServerSpec.create().withInit(List.of(script));
            assertThatThrownBy(() -> paddock.start(spec))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("broken.sql")
                    .hasMessageContaining("3")
                    .hasMessageContaining("syntax error at or near \"SELEC\"");
            assertThatThrownBy(() -> paddock.start(spec.withStorage(new Storage.OnDisk(disk))))
                    .isInstanceOf(PaddockException.class);
            assertThat(disk).doesNotExist();
        }
    }

    private static void exec(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
