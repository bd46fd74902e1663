package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.oci.registry.UserCredentials;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Has the engine fetch an image, with the credentials that the user's Docker configuration has for its registry. */
record ImagePull(DockerClient client, Progress progress) {

    public void run(String reference) {
        String activity = "pulling " + reference;
        Layers layers = new Layers(activity, progress);
        try {
            PullImageCmd pull = client.pullImageCmd(tagged(reference));
            login(registry(reference)).ifPresent(pull::withAuthConfig);
            pull.exec(layers).awaitCompletion();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while " + activity, interrupted);
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

    /** Without a tag an engine would pull all that there are. */
    static String tagged(String reference) {
        return reference.contains("@") || reference.indexOf(':', reference.lastIndexOf('/') + 1) > 0
                ? reference
                : reference + ":latest";
    }

    static String registry(String reference) {
        int slash = reference.indexOf('/');
        String first = slash < 0 ? "" : reference.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "docker.io";
    }

    /** The engine's client reads the user's configuration too, but doesn't ask the helpers that it may name. */
    private static Optional<AuthConfig> login(String registry) {
        try {
            return UserCredentials.ofUser().login(registry).map(login -> {
                AuthConfig config = new AuthConfig().withRegistryAddress(registry);
                return login.token()
                        ? config.withIdentityToken(login.secret())
                        : config.withUsername(login.user()).withPassword(login.secret());
            });
        } catch (NoClassDefFoundError withoutJib) {
            // Left out where nobody pushes snapshots.
            return Optional.empty();
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
