package dev.paddock.docker.build;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.ProgramOutput;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Starts what was built for the first time, to hear which version it is. */
record Trial(DockerClient client) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    PostgresVersion version(String image) {
        String container = "";
        try {
            container = client.createContainerCmd(image)
                    .withCmd("postgres", "--version")
                    .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                    .exec()
                    .getId();
            return PostgresVersion.parse(output(container));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while trying " + image, interrupted);
        } catch (DockerException refused) {
            throw new PaddockException(
                    image + " is built, but can't be started: " + EngineFailure.reason(refused), refused);
        } finally {
            if (!container.isEmpty()) {
                client.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            }
        }
    }

    private String output(String container) throws InterruptedException {
        client.startContainerCmd(container).exec();
        if (!client.waitContainerCmd(container).start().awaitCompletion(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new PaddockException("its postgres --version doesn't end");
        }
        ProgramOutput output = new ProgramOutput();
        client.logContainerCmd(container)
                .withStdOut(true)
                .withStdErr(true)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        output.write(frame.getPayload(), 0, frame.getPayload().length);
                    }
                })
                .awaitCompletion(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return output.text();
    }
}
