package dev.paddock.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Image;
import dev.paddock.Paddock;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.container.Ours;
import dev.paddock.engine.EngineService;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Docker Engine for tests, a Paddock on it, and a look at what is left there. */
final class StackHost implements AutoCloseable {
    private static final Duration TO_VANISH = Duration.ofSeconds(10);

    private final DockerConnection connection;
    private final PaddockHome home;
    private final Paddock paddock;

    private StackHost(DockerConnection connection) {
        this.connection = connection;
        this.home = PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath());
        this.paddock = Paddock.open("docker", home, Progress.NONE);
    }

    /** Skips the tests, with the reason, where there is no engine with these images. */
    static StackHost require(String... images) {
        DockerConnection connection = null;
        try {
            connection = DockerConnection.open(System.getenv());
            for (String image : images) {
                connection.client().inspectImageCmd(image).exec();
            }
            return new StackHost(connection);
        } catch (PaddockException | NotFoundException absent) {
            if (connection != null) {
                connection.close();
            }
            assumeTrue(false, "no Docker Engine with the images that this needs: " + absent.getMessage());
            throw absent;
        }
    }

    Paddock paddock() {
        return paddock;
    }

    DockerClient client() {
        return connection.client();
    }

    InspectContainerResponse inspect(EngineService service) {
        return client().inspectContainerCmd(service.identity()).exec();
    }

    /** All that inspection of a container shows, as far as this client knows of it. */
    String raw(EngineService service) {
        return inspect(service).toString();
    }

    /** What a command in a service's container says, without the line's end. */
    String output(EngineService service, String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        String exec = client().execCreateCmd(service.identity())
                .withCmd(command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        try {
            client().execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            output.writeBytes(frame.getPayload());
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
        return output.toString(StandardCharsets.UTF_8).strip();
    }

    List<Image> images(String repository) {
        return client().listImagesCmd().withReferenceFilter(repository).exec();
    }

    /** Those that this home's tests have made. */
    void removeImages(String repository) {
        client().listImagesCmd().withLabelFilter(Map.of(Ours.HOME, Ours.in(home).home())).exec().stream()
                .filter(image -> image.getRepoTags() != null
                        && List.of(image.getRepoTags()).stream().anyMatch(tag -> tag.startsWith(repository)))
                .forEach(image ->
                        client().removeImageCmd(image.getId()).withForce(true).exec());
    }

    /** The same image with its shells removed. */
    String withoutShell(String image) {
        String name = "paddock/without-shell:test";
        String container = client().createContainerCmd(image)
                .withCmd("perl", "-e", "unlink glob '/bin/*sh /usr/bin/*sh'")
                .exec()
                .getId();
        client().startContainerCmd(container).exec();
        client().waitContainerCmd(container)
                .exec(new com.github.dockerjava.api.command.WaitContainerResultCallback())
                .awaitStatusCode();
        client().commitCmd(container)
                .withRepository("paddock/without-shell")
                .withTag("test")
                .exec();
        client().removeContainerCmd(container).withRemoveVolumes(true).exec();
        return name;
    }

    /** What stacks of this home still have on the engine, once all that is about to vanish has. */
    List<String> left() {
        Deadline.in(TO_VANISH).await(() -> found().isEmpty());
        return found();
    }

    private List<String> found() {
        List<String> labels = List.of(Ours.HOME + "=" + Ours.in(home).home(), Ours.STACK);
        List<String> found = new ArrayList<>();
        client().listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
                .filter(each -> !Ours.said(each.getLabels(), Ours.STACK).isEmpty())
                .forEach(each -> found.add("container " + each.getNames()[0]));
        client().listNetworksCmd().withFilter("label", labels).exec().stream()
                .filter(each -> !Ours.said(each.getLabels(), Ours.STACK).isEmpty())
                .forEach(each -> found.add("network " + each.getName()));
        return found;
    }

    @Override
    public void close() {
        paddock.close();
        connection.close();
    }
}
