package dev.paddock.docker.data;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.HostPaths;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.ForeignTar;
import dev.paddock.oci.layer.Owner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Whose the first data directory is in a volume or a folder, as the engine tells. Nothing is run.
 *
 * @param entries what lies at the top of the place, as far as it was looked at
 * @param path of the data directory in it
 * @param owner of its files; empty if there is none
 */
record DataOwner(List<String> entries, String path, Optional<Owner> owner) {
    private static final Owner NOBODY = new Owner(65534, 65534);
    private static final String VERSION = "PG_VERSION";
    /** A data directory may be three folders down. */
    private static final int DEEPEST = 4;
    /** A place in which no data directory shows by then is somebody's home, or a disk. */
    private static final int MOST = 20_000;

    /** @param image any; its programs aren't used */
    static DataOwner in(String source, String image, Containers containers) {
        DockerClient client = containers.client();
        var create = containers.unprivileged(image, NOBODY, "look", List.of("true"));
        HostPaths.bind(Containers.hostConfig(create).withAutoRemove(false), List.of(DataLook.bind(source)));
        try {
            String helper = create.exec().getId();
            try (InputStream archive =
                    client.copyArchiveFromContainerCmd(helper, DataLook.INSIDE).exec()) {
                return read(new ForeignTar(new BufferedInputStream(archive, 1 << 16)));
            } finally {
                Container.remove(client, helper);
            }
        } catch (DockerException refused) {
            throw new PaddockException("can't look at " + source + ": " + EngineFailure.reason(refused), refused);
        } catch (IOException failure) {
            throw new PaddockException("can't look at " + source + ": " + failure.getMessage(), failure);
        }
    }

    private static DataOwner read(ForeignTar tar) throws IOException {
        List<String> entries = new ArrayList<>();
        int seen = 0;
        for (Optional<TarArchiveEntry> next = tar.next(); next.isPresent() && seen < MOST; next = tar.next()) {
            seen++;
            TarArchiveEntry entry = next.get();
            // The first part is the name of the place.
            List<String> parts = List.of(entry.getName().split("/"));
            if (parts.size() == 2) {
                entries.add(parts.get(1));
            }
            boolean data = entry.isFile()
                    && parts.size() > 1
                    && parts.size() <= DEEPEST + 1
                    && parts.get(parts.size() - 1).equals(VERSION)
                    && !FoundData.isDraft(parts.get(1));
            if (data) {
                return new DataOwner(
                        List.copyOf(entries),
                        String.join("/", parts.subList(1, parts.size() - 1)),
                        Optional.of(new Owner(
                                Math.toIntExact(entry.getLongUserId()), Math.toIntExact(entry.getLongGroupId()))));
            }
        }
        entries.remove("lost+found");
        return new DataOwner(List.copyOf(entries), "", Optional.empty());
    }
}
