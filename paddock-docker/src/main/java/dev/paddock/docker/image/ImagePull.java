package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import java.util.HashMap;
import java.util.Map;

/** Has the engine fetch an image, with the credentials that the user's Docker configuration has for its registry. */
record ImagePull(DockerClient client, Progress progress) {

    public void run(String reference) {
        String activity = "pulling " + reference;
        Layers layers = new Layers(activity, progress);
        try {
            client.pullImageCmd(reference).exec(layers).awaitCompletion();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while " + activity, null, interrupted);
        } catch (DockerException refused) {
            throw new PaddockException(
                    "can't pull the image " + reference + ": " + EngineFailure.reason(refused),
                    "look at the name and the tag, and log in to its registry with: docker login",
                    refused);
        }
        if (!layers.failure.isEmpty()) {
            throw new PaddockException(
                    "can't pull the image " + reference + ": " + layers.failure,
                    "look at the name and the tag, and log in to its registry with: docker login");
        }
    }

    private static final class Layers extends ResultCallback.Adapter<PullResponseItem> {
        private final String activity;
        private final Progress progress;
        private final Map<String, long[]> sizes = new HashMap<>();
        private String failure = "";

        Layers(String activity, Progress progress) {
            this.activity = activity;
            this.progress = progress;
        }

        @Override
        public void onNext(PullResponseItem item) {
            ResponseItem.ErrorDetail error = item.getErrorDetail();
            if (error != null) {
                failure = String.valueOf(error.getMessage());
            }
            ResponseItem.ProgressDetail detail = item.getProgressDetail();
            String layer = item.getId();
            if (detail == null || layer == null || detail.getTotal() == null || detail.getCurrent() == null) {
                return;
            }
            sizes.put(layer, new long[] {detail.getCurrent(), detail.getTotal()});
            long current = sizes.values().stream().mapToLong(each -> each[0]).sum();
            long total = sizes.values().stream().mapToLong(each -> each[1]).sum();
            progress.advance(activity, current, total);
        }
    }
}
