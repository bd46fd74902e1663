package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a power cut leaves of a home. The home is on a disk that is a file; a copy of that file is what was on the disk in that instant, without
 * what the kernel was still keeping in memory.
 */
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "only root may mount a disk that can be copied while it is written to")
@SuppressWarnings("NullAway.Init")
final class PowerCutTest {
    private Path temp;
    private Path disk;
    private Path mount;

    @BeforeEach
    void mountADisk() throws Exception {
        // PostgreSQL's account has to get to data that is no clone.
        temp = Files.setPosixFilePermissions(
                Files.createTempDirectory("power"), PosixFilePermissions.fromString("rwxr-xr-x"));
        disk = temp.resolve("disk");
        run("truncate", "-s", "700M", disk.toString());
        run("mkfs.ext4", "-q", "-F", disk.toString());
        mount = mounted(disk, "mount");
    }

    @AfterEach
    void unmountAll() throws Exception {
        for (String name : List.of("after", "mount")) {
            if (Files.isDirectory(temp.resolve(name))) {
                run("umount", temp.resolve(name).toString());
            }
        }
        Folders.delete(temp);
    }

    private Path mounted(Path image, String name) throws Exception {
        Path place = Files.createDirectory(temp.resolve(name));
        run("mount", "-o", "loop", image.toString(), place.toString());
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        return place;
    }

    /** The disk as it would be found after the power was cut now. */
    private Path afterAPowerCut() throws Exception {
        Path copy = temp.resolve("copy");
        run("cp", "--sparse=always", disk.toString(), copy.toString());
        return mounted(copy, "after");
    }

    private static Paddock open(Path place) {
        return Paddock.open("embedded", PaddockHome.under(place.resolve("home")), Progress.NONE, LeaseSettings.DEFAULT);
    }

    /** In the middle of being written to the disk, when that is just done, and when the kernel has begun to write by itself. */
    @ParameterizedTest
    @ValueSource(ints = {0, 500, 3000})
    void aFirstStartLeavesNothingThatKeepsTheNextFromStarting(int milliseconds) throws Exception {
        try (Paddock paddock = open(mount);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThat(value(server, "select 42")).isEqualTo("42");
            pass(milliseconds);

            Path after = afterAPowerCut();

            try (Paddock next = open(after);
                    PostgresServer again = next.start(ServerSpec.create())) {
                assertThat(value(again, "select count(*) > 300 from pg_class")).isEqualTo("t");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500})
    void aTemplateIsWholeOrMadeAgain(int milliseconds) throws Exception {
        Path script = Files.writeString(
                temp.resolve("t.sql"), "create table t as select n from generate_series(1, 100000) n;");
        TemplateSpec template = TemplateSpec.of(ServerSpec.create()).with(Layer.scripts(List.of(script)));
        try (Paddock paddock = open(mount)) {
            Snapshot made = paddock.template(template);
            pass(milliseconds);

            Path after = afterAPowerCut();

            assertThat(made.data()).exists();
            try (Paddock next = open(after);
                    PostgresServer server = next.start(template)) {
                assertThat(value(server, "select sum(n) from t")).isEqualTo("5000050000");
            }
        }
    }

    @Test
    void aSnapshotWithANameIsThereAsSoonAsItIsMade() throws Exception {
        try (Paddock paddock = open(mount);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            value(server, "create table t as select n from generate_series(1, 100000) n; select 1");
            server.snapshot("kept");

            Path after = afterAPowerCut();

            try (Paddock next = open(after);
                    PostgresServer again = next.start(ServerSpec.snapshot("kept"))) {
                assertThat(value(again, "select sum(n) from t")).isEqualTo("5000050000");
            }
        }
    }

    /** Also at throw-away speed: else it would count as complete, and nothing would put in again what is missing. */
    @Test
    void whatDataOnDiskBeginsWithIsThereAsSoonAsItIsMade() throws Exception {
        Path script = Files.writeString(
                temp.resolve("t.sql"),
                "create table t (n int); insert into t select generate_series(1, 100000); create index on t (n);");
        ServerSpec spec = ServerSpec.create().withInit(List.of(script));
        try (Paddock paddock = open(mount)) {
            paddock.start(spec.withStorage(new Storage.OnDisk(mount.resolve("data"))))
                    .close();
        }

        Path after = afterAPowerCut();

        try (Paddock next = open(after);
                PostgresServer again = next.start(spec.withStorage(new Storage.OnDisk(after.resolve("data"))))) {
            assertThat(value(again, "select sum(n) from t")).isEqualTo("5000050000");
        }
    }

    @Test
    void dataOnDiskThatPostgresHasSyncedIsThere() throws Exception {
        ServerSpec spec = ServerSpec.create().withTuning(Tuning.DURABLE);
        Path after;
        try (Paddock paddock = open(mount);
                PostgresServer server = paddock.start(spec.withStorage(new Storage.OnDisk(mount.resolve("data"))))) {
            value(server, "create table t as select n from generate_series(1, 100000) n; select 1");

            after = afterAPowerCut();
        }

        try (Paddock next = open(after)) {
            next.freeze(after.resolve("data"), "found");
            try (PostgresServer again = next.start(ServerSpec.snapshot("found"))) {
                assertThat(value(again, "select sum(n) from t")).isEqualTo("5000050000");
            }
        }
    }

    /** The time itself is what is tried here. */
    private static void pass(int milliseconds) {
        LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
    }

    private static String value(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet found = statement.getResultSet()) {
                found.next();
                return found.getString(1);
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + answer);
        }
    }
}
