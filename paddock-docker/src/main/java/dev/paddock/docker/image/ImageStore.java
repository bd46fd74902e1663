package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.PullPolicy;
import java.util.Optional;

/** The images that an engine has, and those that it can pull. */
public record ImageStore(DockerClient client, Progress progress) {

    /** @throws PaddockException if the engine can't have one of that name */
    public Optional<InspectImageResponse> find(String reference) {
        try {
            return Optional.of(client.inspectImageCmd(reference).exec());
        } catch (NotFoundException none) {
            return Optional.empty();
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine refuses the image " + reference + ": " + EngineFailure.reason(refused),
                    "write it as NAME:TAG, or REGISTRY/NAME:TAG where it isn't Docker's own",
                    refused);
        }
    }

    /** Pulled if the policy says so. */
    public InspectImageResponse get(String reference, PullPolicy pull) {
        Optional<InspectImageResponse> there = pull == PullPolicy.ALWAYS ? Optional.empty() : find(reference);
        if (there.isPresent()) {
            return there.get();
        }
        if (pull == PullPolicy.NEVER) {
            throw new PaddockException("the engine has no image " + reference, "pull it, or allow that it is pulled");
        }
        new ImagePull(client, progress).run(reference);
        return find(reference)
                .orElseThrow(
                        () -> new PaddockException("the image " + reference + " is gone as soon as it was pulled"));
    }
}
