package dev.paddock.docker.build;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import dev.paddock.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** A container as somebody starts it who knows nothing of Paddock. Removed with its volumes when it is closed. */
final class ImageContainer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "database system is ready to accept connections";

    private final DockerClient client;
    private final String id;

    private ImageContainer(DockerClient client, String id) {
        this.client = client;
        this.id = id;
    }

    static ImageContainer start(DockerClient client, String image, Consumer<CreateContainerCmd> how) {
        CreateContainerCmd create = client.createContainerCmd(image).withHostConfig(HostConfig.newHostConfig());
        how.accept(create);
        ImageContainer container = new ImageContainer(client, create.exec().getId());
        try {
            client.startContainerCmd(container.id).exec();
            return container;
        } catch (RuntimeException failure) {
            container.close();
            throw failure;
        }
    }

    void startAgain() {
        client.startContainerCmd(id).exec();
    }

    /** Its exit code. */
    int awaitEnd() {
        Deadline.in(PATIENCE).await(() -> !isRunning());
        if (isRunning()) {
            throw new AssertionError("still running; it said: " + log());
        }
        Long code = client.inspectContainerCmd(id).exec().getState().getExitCodeLong();
        return code == null ? -1 : code.intValue();
    }

    /** Until the server that stays, which is not the one that the data is initialised with, has started so often. */
    ImageContainer awaitServer(int starts) {
        Deadline.in(PATIENCE).await(() -> !isRunning() || count(finalServers()) >= starts);
        if (!isRunning()) {
            throw new AssertionError("ended; it said: " + log());
        }
        return this;
    }

    ImageContainer awaitServer() {
        return awaitServer(1);
    }

    private boolean isRunning() {
        return Boolean.TRUE.equals(
                client.inspectContainerCmd(id).exec().getState().getRunning());
    }

    /** The log without the servers of initialisations; process 1 is the server that stays. */
    private String finalServers() {
        StringBuilder own = new StringBuilder();
        log().lines()
                .filter(line -> line.contains("[1] LOG"))
                .forEach(line -> own.append(line).append('\n'));
        return own.toString();
    }

    private static int count(String text) {
        return text.split(READY, -1).length - 1;
    }

    String log() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        await(client.logContainerCmd(id).withStdOut(true).withStdErr(true).exec(to(output)));
        return output.toString(StandardCharsets.UTF_8);
    }

    /** What a command inside says, on both streams. */
    String run(String... command) {
        return runAs("", command);
    }

    String runAs(String user, String... command) {
        String exec = client.execCreateCmd(id)
                .withCmd(command)
                .withUser(user)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        await(client.execStartCmd(exec).exec(to(output)));
        return output.toString(StandardCharsets.UTF_8).strip();
    }

    /** An answer over the socket, where everybody is trusted. */
    String ask(String sql) {
        return run("psql", "-XAtq", "-U", "postgres", "-c", sql);
    }

    /** An answer over the network, where a password is asked for, as on loopback it isn't. */
    String askAs(String user, String password, String database, String sql) {
        return run(
                "env",
                "PGPASSWORD=" + password,
                "sh",
                "-c",
                "psql -XAtq -h \"$(hostname -i)\" -U \"$1\" -d \"$2\" -c \"$3\"",
                "psql",
                user,
                database,
                sql);
    }

    /** One that stays connected. */
    void connect() {
        String exec = client.execCreateCmd(id)
                .withCmd("psql", "-U", "postgres", "-c", "SELECT pg_sleep(600)")
                .withAttachStdout(true)
                .exec()
                .getId();
        client.execStartCmd(exec).exec(to(new ByteArrayOutputStream()));
        Deadline.in(PATIENCE)
                .await(() ->
                        ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%(600)%' AND pid <> pg_backend_pid()")
                                .equals("1"));
    }

    /** Whether clients can use a database of it right now. */
    boolean serves(String database) {
        try {
            return isRunning()
                    && askAs("postgres", "secret", database, "SELECT 1").equals("1");
        } catch (DockerException endedMeanwhile) {
            return false;
        }
    }

    void kill() {
        client.killContainerCmd(id).exec();
    }

    void stop() {
        client.stopContainerCmd(id).withTimeout(30).exec();
    }

    /** Makes an image of what it left. */
    void commit(String repository, String tag) {
        client.commitCmd(id).withRepository(repository).withTag(tag).exec();
    }

    private static ResultCallback.Adapter<Frame> to(ByteArrayOutputStream output) {
        return new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                output.writeBytes(frame.getPayload());
            }
        };
    }

    private static void await(ResultCallback.Adapter<Frame> output) {
        try {
            output.awaitCompletion();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }
}
