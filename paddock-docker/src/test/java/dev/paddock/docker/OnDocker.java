package dev.paddock.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.connection.EngineAddress;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Ours;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What tests have that look at containers from both sides: Paddock, and the engine itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnDocker {
    static final String IMAGE = "paddock/postgres:15";
    static final PaddockHome HOME =
            PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());

    private static final AtomicInteger NAMES = new AtomicInteger();

    Paddock paddock;
    private DockerConnection connection;

    @SuppressWarnings("NullAway.Init")
    OnDocker() {}

    @BeforeAll
    final void open() {
        Engines.require(IMAGE);
        paddock = Engines.storedAs("auto", HOME);
        connection = DockerConnection.open(System.getenv());
    }

    @AfterAll
    @SuppressWarnings("NullAway") // Absent where the tests were skipped.
    final void close() {
        if (connection != null) {
            connection.close();
            paddock.close();
        }
    }

    final DockerClient docker() {
        return connection.client();
    }

    /** A name that no other test uses, and no other process. */
    static String newName(String prefix) {
        return "paddock-test-" + prefix + "-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }

    static ServerSpec spec() {
        return ServerSpec.postgres("15");
    }

    static ServerSpec spec(UnaryOperator<ContainerSpec> container) {
        return spec().withContainer(container.apply(ContainerSpec.DEFAULT));
    }

    final Containers containers() {
        return containers(docker());
    }

    static Containers containers(DockerClient client) {
        return new Containers(client, EngineAddress.find(System.getenv()), Ours.in(HOME));
    }

    final InspectContainerResponse inspect(PostgresServer server) {
        return docker().inspectContainerCmd(server.identity()).exec();
    }

    final String inside(PostgresServer server, String script) {
        return inside(server.identity(), script);
    }

    /** What a script says that runs in a container. */
    final String inside(String container, String script) {
        return containers()
                .runInside(container, List.of("sh", "-c", script), script)
                .strip();
    }

    final boolean exists(String container) {
        try {
            docker().inspectContainerCmd(container).exec();
            return true;
        } catch (NotFoundException none) {
            return false;
        }
    }

    final boolean hasNetwork(String name) {
        return docker().listNetworksCmd().withNameFilter(name).exec().stream()
                .anyMatch(each -> each.getName().equals(name));
    }

    static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }
}
