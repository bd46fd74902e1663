package dev.paddock.docker;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.Paddock;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;

/** The engine on containers as tests want it. */
final class Engines {
    /** The newest, which servers are of that say nothing. */
    private static final String NEWEST = "paddock/postgres:18";

    private Engines() {}

    /** With its storage forced; where there is no Docker Engine with an image of PostgreSQL, the tests are skipped, saying so. */
    static Paddock storedAs(String method, PaddockHome home) {
        return storedAs(method, home, LeaseSettings.DEFAULT);
    }

    static Paddock storedAs(String method, PaddockHome home, LeaseSettings leases) {
        require(NEWEST);
        System.setProperty("paddock.storage", method);
        return Paddock.open("docker", home, Progress.NONE, leases);
    }

    /** Skips the tests that call it where the engine or the image is missing. */
    static void require(String image) {
        try (DockerConnection connection = DockerConnection.open(System.getenv())) {
            connection.client().inspectImageCmd(image).exec();
        } catch (PaddockException | NotFoundException absent) {
            abort("no Docker Engine with the image " + image + ": " + absent.getMessage());
        }
    }
}
