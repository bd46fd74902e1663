package dev.paddock.docker;

import com.github.dockerjava.api.DockerClient;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.layer.Owner;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A data directory of this machine on its way into a container that doesn't run yet.
 *
 * @param target where it is to be there
 */
record SentData(DockerClient client, Path data, String target, Owner owner) {

    /** @throws PaddockException if it can't be read, or the engine has no room for it */
    void to(String container) {
        try (PipedInputStream archive = new PipedInputStream(1 << 20);
                PipedOutputStream to = new PipedOutputStream(archive)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try (to) {
                    DataArchive.write(data, target, owner, to);
                } catch (IOException failure) {
                    throw new PaddockException("can't read " + data + ": " + failure.getMessage(), null, failure);
                }
            });
            client.copyArchiveToContainerCmd(container)
                    .withRemotePath("/")
                    .withTarInputStream(archive)
                    .exec();
            writing.join();
        } catch (IOException failure) {
            throw new PaddockException("can't send " + data + ": " + failure.getMessage(), null, failure);
        }
    }
}
