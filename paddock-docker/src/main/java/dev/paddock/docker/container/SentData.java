package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.layer.Owner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A data directory on its way into a container that doesn't run yet.
 *
 * @param source where it comes from
 * @param isPacked whether that is an archive already
 */
public record SentData(Path source, boolean isPacked, Archive archive) {
    private static final int BUFFER = 1 << 20;

    /** How large it is, if that is an archive already. */
    public Optional<ByteSize> packedSize() {
        try {
            return isPacked ? Optional.of(new ByteSize(Files.size(source))) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    interface Archive {
        void write(String target, Owner owner, OutputStream to) throws IOException;
    }

    /** One on this machine. */
    public static SentData folder(Path data) {
        return new SentData(data, false, (target, owner, to) -> DataArchive.write(data, target, owner, to));
    }

    /** One that a container packed by {@code tar -C DATA .}. */
    static SentData packed(Path file) {
        return new SentData(file, true, (target, owner, to) -> {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
                DataArchive.relocate(in, "./", target, owner, to);
            }
        });
    }

    /**
     * @param target where it is to be there, absolute
     * @param owner whose it is to be in the container
     * @throws PaddockException if it can't be read, or the engine has no room for it
     */
    public void to(DockerClient client, String container, String target, Owner owner) {
        try (PipedInputStream stream = new PipedInputStream(BUFFER);
                PipedOutputStream to = new PipedOutputStream(stream)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try (to) {
                    archive.write(target, owner, to);
                } catch (IOException failure) {
                    throw new PaddockException("can't read " + source + ": " + failure.getMessage(), failure);
                }
            });
            client.copyArchiveToContainerCmd(container)
                    .withRemotePath("/")
                    .withTarInputStream(stream)
                    .exec();
            writing.join();
        } catch (IOException failure) {
            throw new PaddockException("can't send " + source + ": " + failure.getMessage(), failure);
        }
    }
}
