package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Ours;
import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.util.Map;

/**
 * One more layer on an image of the engine's, which is an image again: by way of a container that never runs.
 *
 * @param snapshot whose data it is about
 */
record DataCommit(DockerClient client, Ours ours, Snapshot snapshot) {

    /** Puts files into a container, by its id. */
    @FunctionalInterface
    interface Filling {
        void of(String container) throws IOException;
    }

    /**
     * @param base the image below
     * @param name of the new one
     * @return its id
     * @throws PaddockException if the engine refuses, or the data can't be read; nothing is left then
     */
    String make(String base, Filling filling, String name, Map<String, String> labels) {
        CreateContainerCmd create = client.createContainerCmd(base).withLabels(ours.labels("snapshot"));
        // What it would run becomes the image's, so it must stay what it is.
        String container =
                (runsByItself(base) ? create : create.withCmd("true")).exec().getId();
        int tag = name.lastIndexOf(':');
        boolean isTagged = tag > name.lastIndexOf('/');
        try {
            filling.of(container);
            return client.commitCmd(container)
                    .withRepository(isTagged ? name.substring(0, tag) : name)
                    .withTag(isTagged ? name.substring(tag + 1) : "latest")
                    .withEnv("PGDATA=" + SnapshotImages.DATA)
                    .withLabels(labels)
                    .exec();
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine can't make an image of the snapshot " + snapshot.label() + ": "
                            + EngineFailure.reason(refused),
                    "look at the free space of the engine with: docker system df",
                    refused);
        } catch (IOException unreadable) {
            throw new PaddockException(
                    "can't read the snapshot " + snapshot.label() + ": " + unreadable.getMessage(), unreadable);
        } finally {
            Container.remove(client, container);
        }
    }

    private boolean runsByItself(String image) {
        ContainerConfig config = client.inspectImageCmd(image).exec().getConfig();
        return config != null && (config.getEntrypoint() != null || config.getCmd() != null);
    }
}
