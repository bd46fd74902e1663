package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.PostgresServer;
import dev.paddock.model.ByteSize;
import dev.paddock.model.DataFormat;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.OwnFiles;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Tuning;
import dev.paddock.postgres.SettingNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers as their users meet them. */
public abstract class ServerContract extends EngineContract {

    @Test
    void servesTheNewestMajorUnlessToldOtherwise() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThat(server.version().major()).isEqualTo(18);
            assertThat(ask(server, "SHOW server_version")).startsWith("18.");
        }
    }

    @Test
    void acceptsNobodyOverTcpWithoutThePassword() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            String url = server.database().jdbcUrl();
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "guess")
                            .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(ask(server, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'"))
                    .startsWith("SCRAM-SHA-256$4096:");
        }
    }

    @Test
    void tellsClientsWhetherItHasTls(@TempDir Path folder) throws Exception {
        String name = newName("tls");
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThat(server.database().uri()).endsWith("/postgres?sslmode=disable");
            assertThat(server.database().environment()).containsEntry("PGSSLMODE", "disable");
            OwnFiles.Tls tls = SelfSigned.in(folder);
            writeIntoData(server, Files.readString(tls.key()), "server.key");
            writeIntoData(server, Files.readString(tls.certificate()), "server.crt");
            ask(server, "ALTER SYSTEM SET ssl = on");
            server.snapshot(name);
        }
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(server.database().uri()).endsWith("/postgres");
            assertThat(server.database().environment()).doesNotContainKey("PGSSLMODE");
            assertThat(ask(server, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
    }

    private static void writeIntoData(PostgresServer server, String text, String file) throws Exception {
        // A program of the server's works in the data directory.
        ask(
                server,
                "COPY (SELECT unnest(string_to_array('" + text.strip() + "', chr(10)))) TO PROGRAM 'umask 077; cat > "
                        + file + "'");
    }

    @Test
    void isReachedOnLoopbackAlone() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            List<InetAddress> addresses = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
            for (InetAddress address : addresses) {
                assertThatThrownBy(() -> new Socket(address, server.port()).close())
                        .as("from %s", address)
                        .isInstanceOf(IOException.class);
            }
            new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
        }
    }

    @Test
    void givesEachServerAPasswordOfItsOwn() {
        try (PostgresServer one = paddock.start(ServerSpec.create());
                PostgresServer other = paddock.start(ServerSpec.create())) {
            assertThat(one.connection().password())
                    .isNotEqualTo(other.connection().password());
            assertThat(one.connection().toString())
                    .doesNotContain(one.connection().password().value());
        }
    }

    @Test
    void providesTheUserAndDatabaseThatAreAskedFor() throws Exception {
        ServerSpec spec = ServerSpec.create()
                .withUser("Ünser \"Held\"")
                .withPassword("p'ä ss:@/?#\\")
                .withDatabase("shop's 100% \"größte\"");
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SELECT current_user")).isEqualTo("Ünser \"Held\"");
            assertThat(ask(server, "SELECT current_database()")).isEqualTo("shop's 100% \"größte\"");
            assertThat(ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("t");
            try (Connection byUrl =
                    DriverManager.getConnection(server.connection().jdbcUrlWithCredentials())) {
                assertThat(byUrl.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void appliesSettingsOverItsOwn() throws Exception {
        ServerSpec spec = ServerSpec.create()
                .withSetting("work_mem", "7MB")
                .withSetting("shared_buffers", "24MB")
                .withSetting("my.note", "it's a \\ \"note\"");
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(ask(server, "SHOW shared_buffers")).isEqualTo("24MB");
            assertThat(ask(server, "SHOW my.note")).isEqualTo("it's a \\ \"note\"");
        }
    }

    @Test
    void holdsUpNothingOfItsOwnersByWhatIsSetForSessionsOfUsers() throws Exception {
        String name = newName("strict");
        try (PostgresServer server = paddock.start(ServerSpec.create()
                .withUser("pony")
                .withDatabase("meadow")
                .withSetting("default_transaction_read_only", "on"))) {
            assertThat(ask(server, "SHOW transaction_read_only")).isEqualTo("on");
            try (Connection connection =
                            server.database("postgres").dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET transaction_read_only = off; CREATE ROLE nobody;"
                        + "ALTER ROLE postgres SET session_preload_libraries = 'none_such';"
                        + "ALTER ROLE postgres SET role = nobody; ALTER ROLE postgres SET statement_timeout = 1;"
                        + "CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'no'; END$$;"
                        + "CREATE EVENT TRIGGER refuse ON login EXECUTE FUNCTION refuse()");
            }
            assertThatThrownBy(() -> server.database("postgres")
                            .dataSource()
                            .getConnection()
                            .close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no");
            server.snapshot(name);
        }
        try (PostgresServer server =
                paddock.start(ServerSpec.snapshot(name).withUser("rider").withDatabase("field"))) {
            assertThat(ask(server, "SELECT current_user || ' ' || current_database()"))
                    .isEqualTo("rider field");
        }
    }

    @Test
    void isReachedAsItsOwnerWantsItWhateverItsDataSays() throws Exception {
        String name = newName("open");
        String listening;
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            listening = ask(server, "SHOW listen_addresses");
            for (String setting : List.of(
                    "listen_addresses = '*'",
                    "port = 1",
                    "hba_file = '/nowhere'",
                    "unix_socket_directories = '/nowhere'",
                    "logging_collector = on")) {
                ask(server, "ALTER SYSTEM SET " + setting);
            }
            server.snapshot(name);
        }
        try (PostgresServer server = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(ask(server, "SHOW listen_addresses")).isEqualTo(listening);
            assertThat(ask(server, "SHOW hba_file")).isNotEqualTo("/nowhere");
            String url = server.database().jdbcUrl();
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "guess")
                            .close())
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void letsATestChangeSettingsAtRunTime() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            ask(server, "ALTER SYSTEM SET work_mem = '9MB'");
            ask(server, "SELECT pg_reload_conf()");
            org.awaitility.Awaitility.await()
                    .until(() -> ask(server, "SHOW work_mem").equals("9MB"));
        }
    }

    @Test
    void syncsNothingUnlessItIsToBeDurable() throws Exception {
        try (PostgresServer throwaway = paddock.start(ServerSpec.create());
                PostgresServer durable = paddock.start(ServerSpec.create().withTuning(Tuning.DURABLE))) {
            assertThat(ask(throwaway, "SHOW fsync")).isEqualTo("off");
            assertThat(ask(durable, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(durable, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(durable, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void makesDataDirectoriesInTheFormatThatIsAskedFor() throws Exception {
        DataFormat format = DataFormat.DEFAULT
                .withChecksums(true)
                .withEncoding("LATIN1")
                .withLocale("C")
                .withWalSegment(ByteSize.ofMegabytes(4));
        try (PostgresServer server = paddock.start(ServerSpec.create().withFormat(format))) {
            assertThat(ask(server, "SHOW data_checksums")).isEqualTo("on");
            assertThat(ask(server, "SHOW server_encoding")).isEqualTo("LATIN1");
            assertThat(ask(server, "SHOW lc_collate".replace("lc_collate", "wal_segment_size")))
                    .isEqualTo("4MB");
        }
    }

    @Test
    void sortsByAnIcuLocale() throws Exception {
        ServerSpec spec = ServerSpec.create().withFormat(DataFormat.DEFAULT.withLocale("icu:de"));
        try (PostgresServer server = paddock.start(spec)) {
            assertThat(ask(server, "SELECT string_agg(w, '' ORDER BY w) FROM (VALUES ('z'), ('ä'), ('b')) AS t (w)"))
                    .isEqualTo("äbz");
        }
    }

    @Test
    void bringsTheContribExtensions() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            for (String extension : List.of("pgcrypto", "hstore", "pg_trgm", "uuid-ossp", "citext", "btree_gist")) {
                ask(server, "CREATE EXTENSION \"" + extension + "\"");
            }
            assertThat(ask(server, "SELECT encode(digest('abc', 'sha256'), 'hex')"))
                    .startsWith("ba7816bf");
        }
    }

    @Test
    void listensOnThePortThatIsAskedFor() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (PostgresServer server = paddock.start(ServerSpec.create().withPort(port))) {
            assertThat(server.port()).isEqualTo(port);
            assertThatThrownBy(() -> paddock.start(ServerSpec.create().withPort(port)))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("port " + port + " is in use");
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysWhichSettingIsWrong() {
        assertThatThrownBy(() -> paddock.start(ServerSpec.create().withSetting("work_memm", "1MB")))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("unrecognized configuration parameter \"work_memm\"")
                .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                .isEqualTo("did you mean the setting work_mem?");
        assertThatThrownBy(() -> paddock.start(ServerSpec.create().withSetting("work_mem", "much")))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"");
        assertThatThrownBy(() -> paddock.start(ServerSpec.create().withSetting("port", "1")))
                .isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void knowsTheNamesOfAllSettings() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            String names = ask(server, "SELECT string_agg(lower(name), ',') FROM pg_settings WHERE name !~ '[.]'");
            assertThat(SettingNames.all()).contains(names.split(","));
        }
    }

    @Test
    void saysWhatInitdbSaysOfAnUnknownLocale() {
        ServerSpec spec = ServerSpec.create().withFormat(DataFormat.DEFAULT.withLocale("xx_YY.UTF-8"));
        assertThatThrownBy(() -> paddock.start(spec))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("invalid locale name \"xx_YY.UTF-8\"");
    }

    @Test
    void keepsServersApart() throws Exception {
        try (PostgresServer one = paddock.start(ServerSpec.create());
                PostgresServer other = paddock.start(ServerSpec.create())) {
            ask(one, "CREATE TABLE only_here (a int)");
            assertThat(ask(other, "SELECT to_regclass('only_here')")).isEqualTo("null");
        }
    }

    @Test
    void startsManyAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Future<PostgresServer>> starting = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                starting.add(threads.submit(() -> paddock.start(ServerSpec.create())));
            }
            List<Integer> ports = new ArrayList<>();
            for (Future<PostgresServer> start : starting) {
                PostgresServer server = start.get();
                ports.add(server.port());
                assertThat(ask(server, "SELECT 42")).isEqualTo("42");
            }
            assertThat(ports).doesNotHaveDuplicates();
            for (Future<PostgresServer> start : starting) {
                start.get().close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closesAtOnceEvenWithOpenConnections() throws Exception {
        PostgresServer server = paddock.start(ServerSpec.create());
        try (Connection left = server.database().dataSource().getConnection();
                Statement busy = left.createStatement()) {
            busy.execute("BEGIN");
            server.close();
            assertThat(server.isAlive()).isFalse();
            assertThatThrownBy(() -> busy.execute("SELECT 1")).isInstanceOf(SQLException.class);
        }
        server.close();
    }

    @Test
    void reachesItsOwnerThroughAUnixSocketThatIsNobodyElses() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            Path folder = server.socketFolder().orElseThrow();
            assertThat(folder.resolve(".s.PGSQL." + server.port())).exists();
            assertThat(ask(server, "SHOW unix_socket_permissions").equals("0700")
                            || Stream.iterate(folder, Objects::nonNull, Path::getParent)
                                    .anyMatch(ServerContract::isPassableToItsOwnerAlone))
                    .isTrue();
        }
    }

    private static boolean isPassableToItsOwnerAlone(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).equals(PosixFilePermissions.fromString("rwx------"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void goesOnWhenOneBackendIsKilled() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create())) {
            try (Connection victim = server.database().dataSource().getConnection();
                    Statement statement = victim.createStatement()) {
                assertThatThrownBy(() -> statement.execute("SELECT pg_terminate_backend(pg_backend_pid())"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void endsByItselfWhenItsTimeIsOver() {
        try (PostgresServer server = paddock.start(ServerSpec.create().withTtl(java.time.Duration.ofSeconds(1)))) {
            assertThat(server.isAlive()).isTrue();
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(5))
                    .until(() -> !server.isAlive());
        }
    }

    @Test
    void acceptsAMemoryLimit() throws Exception {
        ServerSpec spec = ServerSpec.create().withStorage(new Storage.InMemory(ByteSize.parse("300MB")));
        try (PostgresServer server = paddock.start(spec)) {
            ask(server, "CREATE TABLE t AS SELECT generate_series(1, 100000)");
            assertThat(ask(server, "SELECT count(*) FROM t")).isEqualTo("100000");
        }
    }

    @Test
    void takesADumpOfAWholeServerThatDropsWhatItHolds(@TempDir Path folder) throws Exception {
        // As pg_dumpall --clean writes it: of all databases, for a server that has the standard ones alone.
        Path dump = Files.writeString(folder.resolve("all.sql"), """
                --
                -- PostgreSQL database cluster dump
                --
                SET default_transaction_read_only = off;
                SET client_encoding = 'UTF8';
                SET standard_conforming_strings = on;
                DROP DATABASE shop;
                DROP ROLE ada;
                DROP ROLE postgres;
                CREATE ROLE ada;
                ALTER ROLE ada WITH NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB LOGIN NOREPLICATION NOBYPASSRLS;
                CREATE ROLE postgres;
                ALTER ROLE postgres WITH SUPERUSER INHERIT CREATEROLE CREATEDB LOGIN REPLICATION BYPASSRLS PASSWORD 'theirs';
                --
                -- Database "template1" dump
                --
                UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname = 'template1';
                DROP DATABASE template1;
                CREATE DATABASE template1 WITH TEMPLATE = template0 ENCODING = 'UTF8';
                ALTER DATABASE template1 OWNER TO postgres;
                \\connect template1
                SET client_encoding = 'UTF8';
                UPDATE pg_catalog.pg_database SET datistemplate = true WHERE datname = 'template1';
                --
                -- Database "postgres" dump
                --
                DROP DATABASE postgres;
                CREATE DATABASE postgres WITH TEMPLATE = template0 ENCODING = 'UTF8';
                ALTER DATABASE postgres OWNER TO postgres;
                \\connect postgres
                SET client_encoding = 'UTF8';
                CREATE TABLE public.kept AS SELECT 'postgres' AS name;
                --
                -- Database "shop" dump
                --
                CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8';
                ALTER DATABASE shop OWNER TO ada;
                \\connect shop
                SET client_encoding = 'UTF8';
                CREATE TABLE public.pony AS SELECT 'Rarity' AS name;
                """);
        ServerSpec plain = ServerSpec.create().withInit(List.of(dump));
        try (PostgresServer server = paddock.start(plain)) {
            assertThat(ask(server, "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database"))
                    .isEqualTo("postgres,shop,template0,template1");
        }
        // The user and the database of the server are among what the dump drops.
        try (PostgresServer server = paddock.start(plain.withUser("ada").withDatabase("shop"))) {
            assertThat(ask(server, "SELECT name || current_user FROM pony")).isEqualTo("Rarityada");
        }
    }
}
