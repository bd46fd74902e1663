package dev.paddock.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.docker.container.Container;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A server that somebody started without Paddock, as the official image is started. */
final class Adopted implements AutoCloseable {
    private static final String PASSWORD = "of-the-original";

    private final DockerClient client;
    private final String name;

    private Adopted(DockerClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** @param binds what is mounted where, as for {@code docker run -v} */
    static Adopted start(DockerClient client, String image, String name, List<String> variables, String... binds) {
        List<String> all = new ArrayList<>(variables);
        all.add("POSTGRES_PASSWORD=" + PASSWORD);
        CreateContainerCmd create = client.createContainerCmd(image)
                .withName(name)
                .withEnv(all)
                .withHostConfig(HostConfig.newHostConfig()
                        .withBinds(
                                java.util.Arrays.stream(binds).map(Bind::parse).toList()));
        create.exec();
        Adopted server = new Adopted(client, name);
        server.restart();
        return server;
    }

    static String password() {
        return PASSWORD;
    }

    void restart() {
        client.startContainerCmd(name).exec();
        awaitReady();
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> inside("cat /proc/1/comm").equals("postgres")
                        && inside("psql -U \"${POSTGRES_USER:-postgres}\" -d postgres -Atc 'SELECT 1'")
                                .equals("1"));
    }

    /** Whatever server the container's variables lead others to, this one is asked. */
    String inside(String script) {
        return OnDocker.containers(client)
                .runInside(name, List.of("sh", "-c", "unset PGHOSTADDR; " + script), script)
                .strip();
    }

    String ask(String user, String sql) {
        return inside("psql -U " + user + " -d postgres -Atc \"" + sql + "\"");
    }

    void stop() {
        client.stopContainerCmd(name).withTimeout(30).exec();
    }

    void kill() {
        client.killContainerCmd(name).exec();
    }

    boolean isRunning() {
        return Boolean.TRUE.equals(
                client.inspectContainerCmd(name).exec().getState().getRunning());
    }

    @Override
    public void close() {
        try {
            client.removeContainerCmd(name)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException gone) {
            // By the test.
        }
    }

    /** Puts an empty file into a volume. */
    static void write(DockerClient client, String volume, String file) {
        run(client, volume, "touch /volume/" + file);
    }

    /** What a script says that sees a volume. */
    static String run(DockerClient client, String volume, String script) {
        CreateContainerCmd create = client.createContainerCmd(OnDocker.IMAGE)
                .withUser("0")
                .withEntrypoint("sh", "-c", script)
                .withCmd(List.of())
                .withHostConfig(HostConfig.newHostConfig()
                        .withAutoRemove(true)
                        .withBinds(new Bind(volume, new Volume("/volume"))));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Container container = Container.start(client, create, output);
        container.awaitEnd(Duration.ofSeconds(30));
        OnDocker.containers(client).awaitGone(container.id());
        return output.toString(StandardCharsets.UTF_8).strip();
    }
}
