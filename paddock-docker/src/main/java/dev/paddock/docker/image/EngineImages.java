package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Ours;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.PullPolicy;
import dev.paddock.oci.image.EngineImage;
import dev.paddock.oci.image.ImageSource;
import java.util.List;
import java.util.Optional;

/** The images that the Docker Engine at hand has, for snapshots to be laid on. */
public final class EngineImages implements ImageSource {

    @Override
    public String name() {
        return "the Docker Engine";
    }

    @Override
    public Optional<EngineImage> find(List<String> references, PaddockHome home, Progress progress) {
        DockerConnection connection;
        try {
            connection = DockerConnection.open(System.getenv());
        } catch (PaddockException noEngine) {
            return Optional.empty();
        }
        try {
            for (String reference : references) {
                if (has(connection.client(), reference)) {
                    Containers containers = new Containers(connection, Ours.in(home));
                    ImageFacts facts = new Images(connection.client(), home, new Probe(containers), progress)
                            .get(reference, PullPolicy.NEVER);
                    return Optional.of(new EngineBase(connection, facts, home, containers.ours(), progress));
                }
            }
            connection.close();
            return Optional.empty();
        } catch (RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private static boolean has(DockerClient client, String reference) {
        try {
            client.inspectImageCmd(reference).exec();
            return true;
        } catch (NotFoundException none) {
            return false;
        }
    }
}
