package dev.paddock.docker.service;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.image.ImageStore;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.PullPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The images that services are made of: pulled if they are missing, and looked into once. Thread-safe. */
record ServiceImages(DockerClient client, PaddockHome home, Ours ours, Progress progress) {

    ServiceImage get(String reference, PullPolicy pull) {
        InspectImageResponse image = new ImageStore(client, progress).get(reference, pull);
        return ServiceImage.of(reference, image, hasShell(String.valueOf(image.getId())));
    }

    Optional<InspectImageResponse> inspect(String reference) {
        return new ImageStore(client, progress).find(reference);
    }

    /** CheckedFile in the cache, since content never changes. */
    private boolean hasShell(String id) {
        CheckedFile memory = new CheckedFile(home.cacheFolder("image-facts").resolve("shell-" + id.replace(':', '-')));
        try {
            Optional<String> before = memory.read();
            if (before.isPresent()) {
                return Boolean.parseBoolean(before.get());
            }
            boolean found = lookForShell(id);
            memory.write(Boolean.toString(found));
            return found;
        } catch (IOException failure) {
            throw new PaddockException("can't keep " + memory.file() + ": " + failure.getMessage(), failure);
        }
    }

    /** In a container that never runs. */
    private boolean lookForShell(String id) throws IOException {
        String container = client.createContainerCmd(id)
                .withCmd("true")
                .withLabels(ours.labels("probe"))
                .exec()
                .getId();
        try (InputStream shell =
                client.copyArchiveFromContainerCmd(container, "/bin/sh").exec()) {
            return shell.read() >= 0;
        } catch (NotFoundException none) {
            return false;
        } finally {
            Container.remove(client, container);
        }
    }
}
