package dev.paddock.cli;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server that somebody started without Paddock, with its data in a volume; both have the same name. */
final class ForeignServer {
    private final DockerClient client;
    private final String name;
    private Map<String, Long> whenStopped = Map.of();

    private ForeignServer(DockerClient client, String name) {
        this.client = client;
        this.name = name;
    }

    static ForeignServer start(DockerClient client, String image, String name) {
        client.createVolumeCmd().withName(name).exec();
        client.createContainerCmd(image)
                .withName(name)
                .withEnv("POSTGRES_PASSWORD=of-the-original")
                .withHostConfig(
                        HostConfig.newHostConfig().withBinds(new Bind(name, new Volume("/var/lib/postgresql/data"))))
                .exec();
        client.startContainerCmd(name).exec();
        ForeignServer server = new ForeignServer(client, name);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> server.inside("cat", "/proc/1/comm").equals("postgres\n")
                        && server.query("SELECT 1").equals("1\n"));
        return server;
    }

    String query(String sql) {
        return inside("psql", "-U", "postgres", "-Atqc", sql);
    }

    private String inside(String... command) {
        String exec = client.execCreateCmd(name)
                .withCmd(command)
                .withAttachStdout(true)
                .exec()
                .getId();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            client.execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            output.writeBytes(frame.getPayload());
                        }
                    })
                    .awaitCompletion(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    void stop() {
        client.stopContainerCmd(name).withTimeout(30).exec();
        whenStopped = isVisible() ? files() : Map.of();
    }

    /** Where the engine keeps the volume. */
    String folder() {
        return String.valueOf(client.inspectVolumeCmd(name).exec().getMountpoint());
    }

    boolean isVisible() {
        return Files.isReadable(Path.of(folder()));
    }

    /** All files of its data, and when each was last changed. */
    Map<String, Long> files() {
        Path folder = Path.of(folder());
        try (Stream<Path> all = Files.walk(folder)) {
            Map<String, Long> times = new TreeMap<>();
            for (Path file : all.toList()) {
                times.put(
                        folder.relativize(file).toString(),
                        Files.getLastModifiedTime(file).toMillis());
            }
            return times;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Map<String, Long> filesWhenStopped() {
        return whenStopped;
    }

    void remove() {
        client.removeContainerCmd(name).withForce(true).withRemoveVolumes(true).exec();
        client.removeVolumeCmd(name).exec();
    }
}
