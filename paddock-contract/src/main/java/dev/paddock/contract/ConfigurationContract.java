package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.OwnFiles;
import dev.paddock.model.ServerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are configured with files of the user's own. */
public abstract class ConfigurationContract extends EngineContract {
    private Path folder = Path.of("");

    @BeforeEach
    final void makeRoom(@TempDir Path empty) {
        folder = empty;
    }

    @Test
    void encryptsWithACertificateWhoseKeyAnybodyMayReadHere() throws Exception {
        OwnFiles.Tls tls = SelfSigned.in(folder);
        Files.setPosixFilePermissions(tls.key(), PosixFilePermissions.fromString("rw-r--r--"));
        try (PostgresServer server = paddock.start(ServerSpec.create().withFiles(OwnFiles.NONE.withTls(tls)))) {
            String url = server.database().jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + tls.certificate();
            try (Connection connection = DriverManager.getConnection(
                    url, server.database().user(), server.database().password())) {
                assertThat(first(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                        .isEqualTo("t");
            }
            assertThat(ask(server, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
            assertThat(server.database().uri()).doesNotContain("sslmode=disable");
        }
    }

    @Test
    void takesPartsOfItsConfigurationFromFiles() throws Exception {
        Path part = Files.writeString(folder.resolve("part.conf"), """
                # What the application is tuned with.
                work_mem = '7MB'
                jit = on
                myapp.greeting = 'it''s me'
                """);
        ServerSpec spec = ServerSpec.create()
                .withFiles(OwnFiles.NONE.withSettings(List.of(part)))
                .withSetting("jit", "off");
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(ask(server, "SHOW myapp.greeting")).isEqualTo("it's me");
            assertThat(ask(server, "SHOW jit"))
                    .as("what the spec says comes on top")
                    .isEqualTo("off");
        }
    }

    @Test
    void takesRulesOfAccessFromFilesBeforeItsOwn() throws Exception {
        Path rules = Files.writeString(folder.resolve("rules"), "host all guest all reject\n");
        try (PostgresServer server =
                paddock.start(ServerSpec.create().withFiles(OwnFiles.NONE.withAccess(List.of(rules))))) {
            ask(server, "CREATE ROLE guest LOGIN PASSWORD 'guest'");
            assertThatThrownBy(
                            () -> DriverManager.getConnection(server.database().jdbcUrl(), "guest", "guest")
                                    .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("pg_hba.conf rejects");
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesFilesThatSayWhatIsNotTheirs() throws Exception {
        assertRefused(
                OwnFiles.NONE.withSettings(List.of(file("a.conf", "work_mem = 1MB\n Port = 1\n"))),
                "a.conf:2: the setting port is Paddock's own");
        assertRefused(OwnFiles.NONE.withSettings(List.of(file("b.conf", "include 'other.conf'\n"))), "b.conf:1: ");
        assertRefused(
                OwnFiles.NONE.withAccess(List.of(file("hba", "# all\nhost all all 0.0.0.0/0 trust\n"))),
                "hba:2: this would let everybody in without a password");
        // Each of these PostgreSQL reads as the same.
        for (String line : List.of(
                "host all all 127.0.0.1/32 \"trust\"",
                "\"host\" all \"a,\"\"b\",c 127.0.0.1 255.255.255.255 trust",
                "host all all 127.0.0.1/32 \\\n  trust",
                "host all , all 127.0.0.1/32 trust",
                "hostnossl all, other all 127.0.0.1/32 trust#x",
                "host all all 127.0.0.1/32\ttrust")) {
            assertRefused(
                    OwnFiles.NONE.withAccess(List.of(file("hba", "# all\n" + line + "\n"))),
                    "hba:2: this would let everybody in without a password");
        }
        for (String line : List.of("include more", "\"include\" more", "host @more all all scram-sha-256")) {
            assertRefused(
                    OwnFiles.NONE.withAccess(List.of(file("hba2", line + "\n"))),
                    "hba2:1: the server doesn't see the file");
        }
        assertRefused(OwnFiles.NONE.withSettings(List.of(folder.resolve("none"))), "there is no such file");
        Path empty = file("empty", "");
        assertRefused(OwnFiles.NONE.withTls(new OwnFiles.Tls(empty, empty, Optional.empty())), "is not in PEM");
    }

    private void assertRefused(OwnFiles files, String reason) {
        assertThatThrownBy(() -> paddock.start(ServerSpec.create().withFiles(files)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(reason);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
