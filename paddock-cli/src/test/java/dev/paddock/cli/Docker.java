package dev.paddock.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Docker Engine of this machine, seen without Paddock. */
final class Docker implements AutoCloseable {
    /** What the tests run servers of, in this order. */
    static final String OLD = "paddock/postgres:15";

    static final String NEW = "paddock/postgres:18";

    private final DockerConnection connection;

    private Docker(DockerConnection connection) {
        this.connection = connection;
    }

    /** Why tests that need the engine and its images must be skipped, if they must. */
    static Optional<String> missing() {
        try (DockerConnection connection = DockerConnection.open(System.getenv())) {
            for (String image : List.of(OLD, NEW)) {
                connection.client().inspectImageCmd(image).exec();
            }
            return Optional.empty();
        } catch (PaddockException | NotFoundException absent) {
            return Optional.of("no Docker Engine with the images " + OLD + " and " + NEW + ": " + absent.getMessage());
        }
    }

    /** Opens it, or skips the test that asks. */
    static Docker require() {
        missing().ifPresent(reason -> abort(reason));
        return new Docker(DockerConnection.open(System.getenv()));
    }

    /** Of the servers of whoever keeps state there, in whatever state they are. */
    List<Container> containers(Path state) {
        DockerClient client = connection.client();
        String home = System.getProperty("user.name") + "@" + state.resolve("paddock");
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("dev.paddock.home=" + home))
                .exec();
    }

    DockerClient client() {
        return connection.client();
    }

    @Override
    public void close() {
        connection.close();
    }
}
