package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.Lease;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Servers in containers, where there is a Docker Engine with an image of PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerEngineTest {
    private static final String IMAGE = "paddock/postgres:15";

    private Paddock paddock;

    @SuppressWarnings("NullAway.Init")
    DockerEngineTest() {}

    @BeforeAll
    void open() {
        try (DockerConnection connection = DockerConnection.open(System.getenv())) {
            connection.client().inspectImageCmd(IMAGE).exec();
        } catch (PaddockException | com.github.dockerjava.api.exception.NotFoundException absent) {
            assumeTrue(false, "no Docker Engine with the image " + IMAGE + ": " + absent.getMessage());
        }
        paddock = Paddock.open(
                "docker", PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath()), Progress.NONE);
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Absent where the tests were skipped.
    void close() {
        if (paddock != null) {
            paddock.close();
        }
    }

    private static String ask(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        return ask(server.database().dataSource(), sql);
    }

    @Test
    void aServerAnswersOnLoopbackWithItsPasswordAlone() throws Exception {
        try (PostgresServer server =
                paddock.start(ServerSpec.postgres("15").withDatabase("shop").withUser("keeper"))) {
            assertThat(ask(server, "SELECT current_user || current_database()")).isEqualTo("keepershop");
            assertThat(server.host()).isEqualTo("127.0.0.1");
            assertThatThrownBy(
                            () -> DriverManager.getConnection(server.database().jdbcUrl(), "keeper", "guess")
                                    .close())
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void aClosedServerIsGone() throws Exception {
        PostgresServer server = paddock.start(ServerSpec.postgres("15"));
        server.close();
        assertThat(server.isAlive()).isFalse();
        assertThatThrownBy(() -> ask(server, "SELECT 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void aSnapshotHoldsWhatWasCommittedAndLeavesConnectionsAlone() throws Exception {
        String name = "kept-" + System.nanoTime();
        try (PostgresServer server = paddock.start(ServerSpec.postgres("15"));
                Connection busy = server.database().dataSource().getConnection();
                Statement statement = busy.createStatement()) {
            statement.execute("CREATE TABLE stock AS SELECT generate_series(1, 20000) AS n");
            server.snapshot(name);
            statement.execute("DELETE FROM stock");
        }
        try (PostgresServer clone = paddock.start(ServerSpec.snapshot(name))) {
            assertThat(ask(clone, "SELECT count(*) FROM stock")).isEqualTo("20000");
        }
        paddock.snapshots().remove(name);
    }

    @Test
    void databasesAreLentFromATemplate() throws Exception {
        TemplateSpec template = TemplateSpec.of(ServerSpec.postgres("15"))
                .with(Layer.code("goods 1", database -> ask(database, "CREATE TABLE goods (n int)")));
        try (Lease one = paddock.databases(template).lease("one");
                Lease other = paddock.databases(template).lease("other")) {
            ask(one.database().dataSource(), "INSERT INTO goods VALUES (1)");
            assertThat(ask(other.database().dataSource(), "SELECT count(*) FROM goods"))
                    .isEqualTo("0");
        }
    }

    @Test
    void aServerThatCanNotStartSaysWhatPostgresqlSays() {
        assertThatThrownBy(() -> paddock.start(ServerSpec.postgres("15").withSetting("work_mem", "much")))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"");
    }
}
