package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.home.ProcessStamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What somebody does who may use a server as its superuser, or who has another account on the machine. */
final class Intruder {
    /** An account that no list of accounts has. */
    static final int STRANGER = 54321;

    private static final Path LINKS = Path.of("/proc/sys/fs/protected_symlinks");

    private Intruder() {}

    /** Runs a shell's words in a server; returns what they say. */
    static List<String> inside(PostgresServer server, String words) throws SQLException {
        return inside(server.database(), words);
    }

    static List<String> inside(Database database, String words) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE said (line text)");
            statement.execute("COPY said FROM PROGRAM '" + words.replace("'", "''") + "'");
            List<String> said = new ArrayList<>();
            try (ResultSet lines = statement.executeQuery("SELECT line FROM said")) {
                while (lines.next()) {
                    said.add(lines.getString(1));
                }
            }
            return said;
        }
    }

    /** The only cell that a statement answers with. */
    static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Runs a shell's words under another account of the machine; returns what they say. */
    static String as(int account, String words) throws Exception {
        return run("setpriv", "--reuid=" + account, "--regid=" + account, "--clear-groups", "sh", "-c", words);
    }

    /** Runs them until somebody ends that. */
    static Process begin(int account, int group, String words) throws IOException {
        return new ProcessBuilder(
                        "setpriv", "--reuid=" + account, "--regid=" + group, "--clear-groups", "sh", "-c", words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor(20, TimeUnit.SECONDS);
        return said;
    }

    /** A file of this process's with a content to be left alone, in a folder that everybody may pass to. */
    static Path victim(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("victim"), "untouched");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    /** Does something while the kernel refuses links in folders like /tmp, or doesn't. */
    static void whileLinksAre(int guarded, Attempt attempt) throws Exception {
        String before = Files.readString(LINKS).strip();
        Files.writeString(LINKS, Integer.toString(guarded));
        try {
            attempt.run();
        } finally {
            Files.writeString(LINKS, before);
        }
    }

    /** What is tried. */
    interface Attempt {
        void run() throws Exception;
    }

    /** The number of the account that a server runs under. */
    static int accountOf(PostgresServer server) {
        try {
            assertThat(ProcessStamp.of(Long.parseLong(server.identity()))).isPresent();
            return (int) Files.getAttribute(Path.of("/proc", server.identity()), "unix:uid");
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
