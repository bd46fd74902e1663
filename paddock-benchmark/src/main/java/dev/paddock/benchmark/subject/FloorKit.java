package dev.paddock.benchmark.subject;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.benchmark.footprint.Postmaster;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What bare servers are made of, in one folder in memory: the same programs, data and settings as Paddock's, laid open for the
 * user that PostgreSQL runs as.
 */
record FloorKit(Path folder) {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Settings that name places and ports, or that say where to log: each server's own. */
    private static final String OWN =
            "'data_directory','config_file','hba_file','ident_file','external_pid_file','listen_addresses','port',"
                    + "'unix_socket_directories','unix_socket_permissions','unix_socket_group','log_destination',"
                    + "'logging_collector','extension_control_path','dynamic_library_path'";

    /** Takes all of it from a running server, so that it stays the same as Paddock changes. */
    static FloorKit make(Paddock paddock) {
        try (PostgresServer model = paddock.start(ServerSpec.postgres("18"))) {
            Path folder = Files.createTempDirectory(
                    Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")),
                    "floor-of-benchmark-");
            FloorKit kit = new FloorKit(folder);
            try {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
                kit.fill(model);
                return kit;
            } catch (IOException | SQLException | RuntimeException failure) {
                kit.remove();
                throw failure;
            }
        } catch (IOException | SQLException failure) {
            throw new PaddockException("can't make a floor: " + failure.getMessage(), failure);
        }
    }

    private void fill(PostgresServer model) throws IOException, SQLException {
        Properties settings = new Properties();
        try (Connection connection = model.database().dataSource().getConnection()) {
            settings.putAll(rows(
                    connection,
                    "SELECT name, setting FROM pg_settings WHERE source IN ('command line', 'configuration file')"
                            + " AND name NOT IN (" + OWN + ")"));
            String programs = rows(connection, "SELECT name, setting FROM pg_config WHERE name = 'BINDIR'")
                    .getOrDefault("BINDIR", "");
            Path bin = Postmaster.folder(model.port(), Path.of(programs));
            if (!Files.isExecutable(bin.resolve("postgres"))) {
                throw new PaddockException("the server's programs are not where it says they are: " + bin);
            }
            Shell.run(
                    "cp",
                    "--recursive",
                    "--dereference",
                    bin.resolve("..").toString(),
                    installation().toString());
        }
        try (Writer writer = Files.newBufferedWriter(settingsFile())) {
            settings.store(writer, null);
        }
        Files.writeString(accessFile(), "host all all 127.0.0.1/32 trust\n");
        Shell.run("cp", "--recursive", model.origin().data().toString(), data().toString());
        Shell.run("chmod", "--recursive", "u=rwX,go=", data().toString());
        if (Shell.isRoot()) {
            Shell.run("chmod", "--recursive", "a+rX", installation().toString());
            Shell.run("chown", "--recursive", Shell.UNPRIVILEGED + ":", data().toString());
        }
    }

    private static Map<String, String> rows(Connection connection, String query) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }

    private Path installation() {
        return folder.resolve("installation");
    }

    Path data() {
        return folder.resolve("data");
    }

    Path accessFile() {
        return folder.resolve("pg_hba.conf");
    }

    private Path settingsFile() {
        return folder.resolve("settings.properties");
    }

    Path postgres() {
        return installation().resolve("bin/postgres");
    }

    Map<String, String> settings() {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(settingsFile())) {
            settings.load(reader);
        } catch (IOException failure) {
            throw new PaddockException("there is nothing to make a floor of in " + folder, failure);
        }
        Map<String, String> sorted = new TreeMap<>();
        settings.stringPropertyNames().forEach(name -> sorted.put(name, settings.getProperty(name)));
        return sorted;
    }

    void remove() {
        Shell.run("rm", "--recursive", "--force", folder.toString());
    }
}
