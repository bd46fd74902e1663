package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.SentData;
import dev.paddock.oci.image.ImageContent;
import dev.paddock.oci.image.SnapshotLabels;
import dev.paddock.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An image of a snapshot that is the user's own, with the same two layers as one that is pushed: the data, and what lets that be used without Paddock. */
record ExportedImage(DockerClient client, Ours ours, Snapshot snapshot, ImageFacts base) {

    /**
     * @param name what to call it
     * @return its id
     */
    String make(String name) {
        DataCommit commit = new DataCommit(client, ours, snapshot);
        Map<String, String> passing = new HashMap<>(ours.lastingLabels("snapshot"));
        passing.put(Ours.SNAPSHOT, snapshot.id());
        String data = SnapshotImages.REPOSITORY + ":export-" + snapshot.id().substring(0, 32) + "-" + base.shortId();
        commit.make(
                base.id(),
                container -> SentData.folder(snapshot.data()).to(client, container, SnapshotImages.DATA, base.owner()),
                data,
                passing);
        try {
            return commit.make(data, this::addSettings, name, labels(data));
        } finally {
            forget(data);
        }
    }

    private void addSettings(String container) throws IOException {
        ByteArrayOutputStream settings = new ByteArrayOutputStream();
        ImageContent.settings(snapshot, base.owner()).writeTo(settings);
        client.copyArchiveToContainerCmd(container)
                .withRemotePath("/")
                .withTarInputStream(new ByteArrayInputStream(settings.toByteArray()))
                .exec();
    }

    /** Those of the snapshot, with its layer called what the engine calls it; and nothing by which Paddock would take the image for its own. */
    private Map<String, String> labels(String data) {
        InspectImageResponse image = client.inspectImageCmd(data).exec();
        List<String> layers =
                Objects.requireNonNull(Objects.requireNonNull(image.getRootFS()).getLayers());
        Map<String, String> labels = new HashMap<>(Ours.handedOver());
        labels.putAll(SnapshotLabels.of(snapshot.manifest(), layers.get(layers.size() - 1))
                .write());
        return labels;
    }

    /** Its layers stay with the image above. */
    private void forget(String data) {
        try {
            client.removeImageCmd(data).exec();
        } catch (DockerException inUse) {
            // Goes with the snapshot.
        }
    }
}
