package dev.paddock.docker.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.exception.DockerException;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Ours;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.image.Descriptor;
import dev.paddock.oci.image.EngineImage;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** An image of an engine, as it is exported: all of its layers at once, when the first of them is wanted. */
final class EngineBase implements EngineImage {
    private final DockerConnection connection;
    private final ImageFacts facts;
    private final PaddockHome home;
    private final Ours ours;
    private final Progress progress;
    private @Nullable Path folder;
    private final Map<String, Path> files = new HashMap<>();

    EngineBase(DockerConnection connection, ImageFacts facts, PaddockHome home, Ours ours, Progress progress) {
        this.connection = connection;
        this.facts = facts;
        this.home = home;
        this.ours = ours;
        this.progress = progress;
    }

    @Override
    public String reference() {
        return facts.reference();
    }

    @Override
    public String place() {
        return "the Docker Engine";
    }

    @Override
    public Owner owner() {
        return facts.owner();
    }

    @Override
    public Optional<DataPlatform> platform() {
        return Optional.of(facts.platform());
    }

    /** Kept in the cache: an image's id is the digest of its configuration. */
    @Override
    public ObjectNode configuration() {
        CheckedFile kept = new CheckedFile(
                home.cacheFolder("image-configurations").resolve(facts.id().replace(':', '-')));
        try {
            Optional<String> before = kept.read();
            String text = before.isPresent()
                    ? before.get()
                    : Files.readString(exported(description().path("Config").asText()));
            if (before.isEmpty()) {
                kept.write(text);
            }
            if (new ObjectMapper().readTree(text) instanceof ObjectNode configuration) {
                return configuration;
            }
            throw new IOException("the configuration is none");
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    @Override
    public List<BaseLayer> layers() {
        List<String> diffIds = ImageContent.diffIds(configuration());
        List<BaseLayer> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            layers.add(new Layer(i, diffIds.get(i)));
        }
        return layers;
    }

    @Override
    public String lay(Snapshot snapshot, String name) {
        progress.advance("making the image " + name, 0, 0);
        try {
            return new ExportedImage(connection.client(), ours, snapshot, facts).make(name);
        } finally {
            progress.advance("making the image " + name, 1, 1);
        }
    }

    private final class Layer implements BaseLayer {
        private final int index;
        private final String diffId;

        Layer(int index, String diffId) {
            this.index = index;
            this.diffId = diffId;
        }

        @Override
        public String diffId() {
            return diffId;
        }

        @Override
        public Optional<Descriptor> stored() {
            return Optional.empty();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(
                    exported(description().path("Layers").path(index).asText()));
        }
    }

    private JsonNode description() throws IOException {
        return new ObjectMapper().readTree(exported("manifest.json").toFile()).path(0);
    }

    /** A file of the exported image. */
    private Path exported(String name) throws IOException {
        if (folder == null) {
            folder = new Folders().draft(home.cacheFolder("transfers"));
            progress.advance("exporting " + facts.reference(), 0, 0);
            try {
                export(folder);
            } finally {
                progress.advance("exporting " + facts.reference(), 1, 1);
            }
        }
        Path file = files.get(name);
        if (file == null) {
            throw new IOException("the engine exports no " + name);
        }
        return file;
    }

    private void export(Path to) throws IOException {
        Map<String, String> links = new HashMap<>();
        try (InputStream in =
                        connection.client().saveImageCmd(facts.reference()).exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isSymbolicLink()) {
                    // A layer that the image has twice.
                    links.put(
                            entry.getName(),
                            Path.of(entry.getName())
                                    .resolveSibling(entry.getLinkName())
                                    .normalize()
                                    .toString());
                } else if (entry.isFile()) {
                    Path file = to.resolve("file" + files.size());
                    Files.copy(tar, file);
                    files.put(entry.getName(), file);
                }
            }
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine can't export " + facts.reference() + ": " + EngineFailure.reason(refused), refused);
        }
        links.forEach((name, target) -> {
            Path file = files.get(target);
            if (file != null) {
                files.put(name, file);
            }
        });
    }

    private PaddockException unreadable(IOException failure) {
        return new PaddockException(
                "can't take the image " + facts.reference() + " out of the engine: " + failure.getMessage(),
                "look at the free space; PADDOCK_HOME names another place",
                failure);
    }

    @Override
    public void close() throws IOException {
        try {
            if (folder != null) {
                Folders.delete(folder);
            }
        } finally {
            connection.close();
        }
    }
}
