package dev.paddock.benchmark.container;

import com.github.dockerjava.api.exception.DockerException;
import dev.paddock.Paddock;
import dev.paddock.benchmark.lending.Lending;
import dev.paddock.benchmark.lending.PaddockLending;
import dev.paddock.benchmark.subject.PaddockSubject;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.PaddockException;
import java.util.ArrayList;
import java.util.List;

/** The subjects of a run, all of the same image, in the order of their turns. Closes them in reverse. For one thread. */
public final class ContainerSubjects implements AutoCloseable {
    /** As {@code paddock image build} calls it; whoever has the official one has it tagged so in no time. */
    static final String IMAGE = "paddock/postgres:18";

    private final Paddock paddock;
    private final List<Subject> all;

    private ContainerSubjects(Paddock paddock, List<Subject> all) {
        this.paddock = paddock;
        this.all = all;
    }

    /**
     * Paddock, Testcontainers, and a floor run by hand.
     *
     * @return to be closed by the caller
     * @throws PaddockException if there is no engine, or no image
     */
    public static ContainerSubjects open() {
        tellTestcontainersTheVersion();
        Paddock paddock = Paddock.docker();
        List<Subject> opened = new ArrayList<>(List.of(new PaddockSubject(paddock), new TestcontainersSubject()));
        try {
            opened.add(HandmadeContainers.open());
            return new ContainerSubjects(paddock, opened);
        } catch (RuntimeException failure) {
            new ContainerSubjects(paddock, opened).close();
            throw failure;
        }
    }

    /** It speaks the newest version that it knows, whatever the engine does. */
    private static void tellTestcontainersTheVersion() {
        try (DockerConnection connection = DockerConnection.open(System.getenv())) {
            connection.client().inspectImageCmd(IMAGE).exec();
            System.setProperty(
                    "api.version", connection.client().versionCmd().exec().getApiVersion());
        } catch (DockerException missing) {
            throw new PaddockException(
                    "the engine has no image " + IMAGE,
                    "build it with: ./paddock image build --postgres 18; or tag the official one so",
                    missing);
        }
    }

    public Paddock paddock() {
        return paddock;
    }

    public List<Subject> all() {
        return List.copyOf(all);
    }

    /** Databases for tests: of Paddock on both engines, and of a server of Testcontainers by CREATE DATABASE. */
    public List<Lending> lendings() {
        return List.of(
                new PaddockLending("paddock", Paddock::docker, LeaseSettings.DEFAULT),
                new PaddockLending("paddock_embedded", Paddock::embedded, LeaseSettings.DEFAULT),
                new TestcontainersLending());
    }

    @Override
    public void close() {
        for (int last = all.size() - 1; last >= 0; last--) {
            all.get(last).close();
        }
    }
}
