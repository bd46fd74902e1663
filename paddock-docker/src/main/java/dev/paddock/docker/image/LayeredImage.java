package dev.paddock.docker.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.image.StoredLayer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Gives an image that the engine has another configuration, or one layer more: some that are made by a commit keep what nobody can take away again,
 * such as volumes, and a commit writes all that is in a container's layer three times. The engine is sent an image of the same layers, without
 * these: it has them.
 *
 * @param image whose layers they are
 * @param more a layer upon these, as an archive, if there is to be one
 */
public record LayeredImage(DockerClient client, InspectImageResponse image, Optional<Path> more) {
    private static final String LAYER = "layer.tar";
    private static final int BUFFER = 1 << 16;

    public LayeredImage(DockerClient client, InspectImageResponse image) {
        this(client, image, Optional.empty());
    }

    /**
     * @param name of the new one
     * @param change to its configuration
     * @param labels besides its own
     */
    public void load(String name, Consumer<ContainerConfig> change, Map<String, String> labels) {
        Loading loading = new Loading();
        try (InputStream archive = archive(name, change, labels)) {
            client.loadImageAsyncCmd(archive).exec(loading).awaitCompletion();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while an image is made", interrupted);
        } catch (IOException | DockerException refused) {
            throw refusal(refused);
        }
        if (!loading.failure.isEmpty()) {
            throw refusal(new IOException(loading.failure));
        }
        client.inspectImageCmd(name).exec();
    }

    private static final class Loading extends ResultCallback.Adapter<LoadResponseItem> {
        private volatile String failure = "";

        @Override
        public void onNext(LoadResponseItem item) {
            ResponseItem.ErrorDetail error = item.getErrorDetail();
            if (error != null) {
                failure = String.valueOf(error.getMessage());
            }
        }
    }

    private PaddockException refusal(Exception refused) {
        String reason = refused instanceof DockerException said
                ? EngineFailure.reason(said)
                : String.valueOf(refused.getMessage());
        return new PaddockException(
                "the engine can't make an image of layers that it has: " + reason,
                "turn off containerd's image store, with \"features\": {\"containerd-snapshotter\": false} in /etc/docker/daemon.json;"
                        + " or take an image without a VOLUME for the data",
                refused);
    }

    private InputStream archive(String name, Consumer<ContainerConfig> change, Map<String, String> labels)
            throws IOException {
        List<String> layers = new ArrayList<>(
                Objects.requireNonNull(Objects.requireNonNull(image.getRootFS()).getLayers()));
        List<String> files = new ArrayList<>(
                layers.stream().map(layer -> layer.replace(':', '-')).toList());
        if (more.isPresent()) {
            layers.add(diffId(more.get()));
            files.add(LAYER);
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("Config", "config.json");
        manifest.put("RepoTags", List.of(name));
        manifest.put("Layers", files);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(archive);
        add(tar, "config.json", config(layers, change, labels));
        add(tar, "manifest.json", json(List.of(manifest)));
        if (more.isEmpty()) {
            tar.close();
            return new ByteArrayInputStream(archive.toByteArray());
        }
        // What follows the last header is a file that needn't be in memory: itself an archive, of whole blocks.
        TarArchiveEntry layer = new TarArchiveEntry(LAYER);
        layer.setSize(Files.size(more.get()));
        tar.putArchiveEntry(layer);
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(archive.toByteArray()),
                new BufferedInputStream(Files.newInputStream(more.get()), BUFFER),
                new ByteArrayInputStream(new byte[2 * TarConstants.DEFAULT_RCDSIZE]))));
    }

    private static String diffId(Path layer) throws IOException {
        MessageDigest digest = StoredLayer.sha256();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(layer), BUFFER)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        return StoredLayer.text(digest);
    }

    private byte[] config(List<String> layers, Consumer<ContainerConfig> change, Map<String, String> labels)
            throws JsonProcessingException {
        ContainerConfig config = Optional.ofNullable(image.getConfig()).orElseGet(ContainerConfig::new);
        change.accept(config);
        Map<String, String> all =
                new HashMap<>(Optional.ofNullable(config.getLabels()).orElse(Map.of()));
        all.putAll(labels);
        config.withLabels(all);
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("architecture", image.getArch());
        whole.put("os", image.getOs());
        whole.put("created", image.getCreated());
        whole.put("config", config);
        whole.put("rootfs", Map.of("type", "layers", "diff_ids", layers));
        return json(whole);
    }

    private static byte[] json(Object value) throws JsonProcessingException {
        return new ObjectMapper()
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .writeValueAsBytes(value);
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
