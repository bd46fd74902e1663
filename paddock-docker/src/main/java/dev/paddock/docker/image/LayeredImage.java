package dev.paddock.docker.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Gives an image that the engine has another configuration: some that are made by a commit keep what nobody can take away again, such as volumes.
 * The engine is sent an image of the same layers, without these: it has them.
 *
 * @param image whose layers they are
 */
public record LayeredImage(DockerClient client, InspectImageResponse image) {

    /**
     * @param name of the new one
     * @param change to its configuration
     * @param labels besides its own
     */
    public void load(String name, Consumer<ContainerConfig> change, Map<String, String> labels) {
        try (ByteArrayInputStream archive = new ByteArrayInputStream(archive(name, change, labels))) {
            client.loadImageCmd(archive).exec();
        } catch (IOException | DockerException refused) {
            throw refusal(refused);
        }
        client.inspectImageCmd(name).exec();
    }

    private PaddockException refusal(Exception refused) {
        String reason = refused instanceof DockerException said
                ? EngineFailure.reason(said)
                : String.valueOf(refused.getMessage());
        return new PaddockException(
                "the engine can't make an image of layers that it has: " + reason,
                "let it keep its images without containerd, or take an image without a VOLUME for the data",
                refused);
    }

    private byte[] archive(String name, Consumer<ContainerConfig> change, Map<String, String> labels)
            throws IOException {
        List<String> layers =
                Objects.requireNonNull(Objects.requireNonNull(image.getRootFS()).getLayers());
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("Config", "config.json");
        manifest.put("RepoTags", List.of(name));
        manifest.put(
                "Layers", layers.stream().map(layer -> layer.replace(':', '-')).toList());
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
            add(tar, "config.json", config(layers, change, labels));
            add(tar, "manifest.json", json(List.of(manifest)));
        }
        return archive.toByteArray();
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
