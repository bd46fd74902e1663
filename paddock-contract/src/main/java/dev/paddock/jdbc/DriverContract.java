package dev.paddock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.Paddock;
import dev.paddock.contract.EngineContract;
import dev.paddock.lease.LeaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Databases that a URL asks for. */
public abstract class DriverContract extends EngineContract {
    private static final String STABLE = "jdbc:paddock:///stable";

    private final UrlDatabases databases = new UrlDatabases(engine -> paddock);
    private final PaddockDriver driver = new PaddockDriver(databases);

    @AfterEach
    void leaveTheDatabases() {
        databases.takeBack();
    }

    @Test
    void theSameUrlIsTheSameDatabase() throws SQLException {
        String url = "jdbc:paddock:18:///same?setting.work_mem=64MB";
        query(url, "CREATE TABLE pony (name text)");
        assertThat(query(url + "&ApplicationName=stable", "SELECT count(*) FROM pony"))
                .isEqualTo("0");
        assertThat(query(url, "SELECT current_database() || current_setting('work_mem')"))
                .isEqualTo("same64MB");
    }

    @Test
    void itNamesAnEngineOrAnImageThatOnlyOneHas() {
        assertThat(DatabaseUrl.parse("jdbc:paddock:18:///stable").wanted().engine())
                .isEqualTo("embedded");
        assertThat(DatabaseUrl.parse("jdbc:paddock:///stable?engine=docker")
                        .wanted()
                        .engine())
                .isEqualTo("docker");
        DatabaseUrl.Wanted ofImage = DatabaseUrl.parse("jdbc:paddock:///stable?image=pgvector/pgvector:pg17")
                .wanted();
        assertThat(ofImage.engine()).isEqualTo("docker");
        assertThat(ofImage.template()
                        .read(DriverContract.class.getClassLoader())
                        .server()
                        .container()
                        .image())
                .hasValue("pgvector/pgvector:pg17");
        PaddockDriver anyEngine =
                new PaddockDriver(new UrlDatabases(engine -> Paddock.on(engine, LeaseSettings.DEFAULT)));
        assertThatThrownBy(() -> anyEngine.connect("jdbc:paddock:///stable?engine=podman", null))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("podman");
    }

    @Test
    void twoNamesAreTwoDatabases() throws SQLException {
        query(STABLE, "CREATE TABLE pony (name text)");
        assertThat(query("jdbc:paddock:///other", "SELECT to_regclass('pony') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void itHasItsMigrationsAndThenItsScripts(@TempDir Path temp) throws Exception {
        Path migrations = Files.createDirectory(open(temp).resolve("migrations"));
        Files.writeString(migrations.resolve("V1__pony.sql"), "CREATE TABLE pony (name text);");
        Path seed = Files.writeString(temp.resolve("seed.sql"), "INSERT INTO pony VALUES ('Merlin');");
        String url = "jdbc:paddock:///shop?migrations=filesystem:" + migrations + "&scripts=" + seed;
        assertThat(query(url, "SELECT name FROM pony")).isEqualTo("Merlin");
        assertThat(query(url + "&readOnly=true", "SELECT name FROM pony")).isEqualTo("Merlin");
        assertThatThrownBy(() -> query(url + "&readOnly=true", "DELETE FROM pony"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void aBrokenMigrationIsToldWithItsPlace(@TempDir Path temp) throws IOException {
        Path migrations = Files.createDirectory(open(temp).resolve("migrations"));
        Files.writeString(migrations.resolve("V1__pony.sql"), "SELECT 1;\nCREATE TABEL pony (name text);");
        String url = "jdbc:paddock:///shop?migrations=" + migrations;
        assertThatThrownBy(() -> query(url, "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("V1__pony.sql")
                .hasMessageContaining("2")
                .hasMessageContaining("CREATE TABEL pony");
        assertThatThrownBy(() -> query("jdbc:paddock:///shop?migrations=classpath:nowhere", "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("classpath:nowhere isn't on the class path");
    }

    @Test
    void connectionsArePostgresqlsOwnWhoeverTheFrameworkNamesAsUser() throws SQLException {
        Properties named = new Properties();
        named.setProperty("user", "sa");
        named.setProperty("password", "");
        named.setProperty("ApplicationName", "stable");
        try (Connection connection = connect(STABLE, named)) {
            assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            assertThat(ask(connection, "SELECT current_setting('application_name')"))
                    .isEqualTo("stable");
        }
    }

    @Test
    void theUrlNamesARoleToConnectAs() throws SQLException {
        String url = STABLE;
        query(url, "CREATE ROLE clerk LOGIN PASSWORD 'of clay'");
        assertThat(query(url + "?user=clerk&password=of%20clay", "SELECT current_user"))
                .isEqualTo("clerk");
    }

    @Test
    void aWrongUrlIsAnsweredWithTheRightForm() {
        for (String url : new String[] {
            "jdbc:paddock:shop", "jdbc:paddock://localhost:5432/shop", "jdbc:paddock:18:///", "jdbc:paddock:///a?b"
        }) {
            assertThatThrownBy(() -> query(url, "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("jdbc:paddock:18:///shop?migrations=classpath:db/migration");
        }
        assertThatThrownBy(() -> query("jdbc:paddock:///a?migration=x", "SELECT 1"))
                .hasMessageContaining("'migration' is not a parameter")
                .hasMessageContaining("did you mean: migrations");
        assertThatThrownBy(() -> query("jdbc:paddock:///a?applicationname=x", "SELECT 1"))
                .hasMessageContaining("did you mean: ApplicationName");
        assertThatThrownBy(() -> query("jdbc:paddock:9:///a", "SELECT 1")).hasMessageContaining("choose a version");
    }

    @Test
    void othersUrlsAreLeftAlone() throws SQLException {
        assertThat(driver.acceptsURL("jdbc:postgresql:///shop")).isFalse();
        assertThat(driver.acceptsURL("jdbc:paddocks:///shop")).isFalse();
        assertThat(driver.connect("jdbc:postgresql:///shop", new Properties())).isNull();
    }

    private Connection connect(String url, Properties properties) throws SQLException {
        return Objects.requireNonNull(driver.connect(url, properties));
    }

    private String query(String url, String sql) throws SQLException {
        try (Connection connection = connect(url, new Properties())) {
            return ask(connection, sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }
}
