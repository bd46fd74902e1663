package dev.paddock.oci.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an image of a snapshot consists of. The same snapshot on the same base is the same image, to the byte. */
public final class ImageContent {
    /** Where the data is, outside of any volume of the images of PostgreSQL. */
    public static final String DATA = "/var/lib/paddock/data";

    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String CONFIGURATION = "application/vnd.oci.image.config.v1+json";

    /** Of a blob that holds nothing. */
    public static final String EMPTY = "application/vnd.oci.empty.v1+json";

    /** As in the official image, where nothing says otherwise. */
    public static final Owner USUAL_OWNER = new Owner(999, 999);

    private static final List<String> OF_THE_BUILD =
            List.of("container", "container_config", "docker_version", "id", "parent");

    private ImageContent() {}

    /** The layer that is the snapshot, and nothing else. */
    public static StoredLayer.Content data(Snapshot snapshot, Owner owner) {
        return to -> DataArchive.write(snapshot.data(), DATA, owner, to);
    }

    /** The layer above it that lets its data be used without Paddock. */
    public static StoredLayer.Content settings(Snapshot snapshot, Owner owner) {
        return to -> RunnableSettings.write(snapshot.data(), DATA, owner, to);
    }

    /** The configuration of an image that runs: the base's own, with other data. */
    public static ObjectNode runnable(ObjectNode base, SnapshotLabels labels, List<String> diffIds) {
        ObjectNode configuration = base.deepCopy();
        configuration.remove(OF_THE_BUILD);
        ObjectNode run = object(configuration, "config");
        ArrayNode environment = run.arrayNode();
        run.path("Env").forEach(variable -> {
            if (!variable.asText().startsWith("PGDATA=")) {
                environment.add(variable);
            }
        });
        run.set("Env", environment.add("PGDATA=" + DATA));
        return complete(configuration, run, labels, diffIds, 2);
    }

    /** The configuration of an image that only Paddock can use. */
    public static ObjectNode dataOnly(String architecture, SnapshotLabels labels, List<String> diffIds) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.put("architecture", architecture).put("os", "linux");
        return complete(configuration, object(configuration, "config"), labels, diffIds, 1);
    }

    private static ObjectNode complete(
            ObjectNode configuration, ObjectNode run, SnapshotLabels labels, List<String> diffIds, int own) {
        ObjectNode all = object(run, "Labels");
        labels.write().forEach(all::put);
        ArrayNode history =
                configuration.path("history") instanceof ArrayNode known ? known : configuration.putArray("history");
        for (int i = 0; i < own; i++) {
            history.addObject().put("created_by", i == 0 ? "paddock snapshot push" : "paddock snapshot push: settings");
        }
        ArrayNode layers =
                configuration.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        diffIds.forEach(layers::add);
        return configuration;
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode known ? known : parent.putObject(name);
    }

    public static ObjectNode manifest(Descriptor configuration, List<Descriptor> layers) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MANIFEST);
        describe(manifest.putObject("config"), configuration);
        ArrayNode list = manifest.putArray("layers");
        layers.forEach(layer -> describe(list.addObject(), layer));
        return manifest;
    }

    private static void describe(ObjectNode node, Descriptor blob) {
        node.put("mediaType", blob.mediaType()).put("digest", blob.digest()).put("size", blob.size());
    }

    /** The labels in an image's configuration. */
    public static Map<String, String> labels(JsonNode configuration) {
        Map<String, String> labels = new TreeMap<>();
        configuration
                .path("config")
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** The digests of the layers' contents in an image's configuration, lowest first. */
    public static List<String> diffIds(JsonNode configuration) {
        List<String> ids = new java.util.ArrayList<>();
        configuration.path("rootfs").path("diff_ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /** As bytes; the same for the same content. */
    public static byte[] bytes(JsonNode json) {
        try {
            return new ObjectMapper().writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
