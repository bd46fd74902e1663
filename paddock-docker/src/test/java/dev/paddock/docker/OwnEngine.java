package dev.paddock.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.container.Container;
import dev.paddock.home.Folders;
import dev.paddock.model.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A Docker Engine of a test's own, which can be stopped without anybody minding. */
final class OwnEngine implements AutoCloseable {
    private final Path folder;
    /** Without one of its own an engine removes that of the machine's engine. */
    private final String bridge;

    private final List<String> options;
    private @Nullable Process daemon;

    private OwnEngine(Path folder, List<String> options) {
        this.folder = folder;
        this.options = options;
        this.bridge = "paddock" + ProcessHandle.current().pid() % 10_000_000;
    }

    /** Skips the test, with the reason, where there can't be one. */
    static OwnEngine start(String... options) throws Exception {
        OwnEngine engine = make(options);
        engine.run();
        return engine;
    }

    /** One whose disk is in memory, and can be made smaller and larger. */
    static OwnEngine startOnSmallDisk(String... options) throws Exception {
        OwnEngine engine = make(options);
        Files.createDirectory(engine.data());
        engine.exec(
                "mount", "-t", "tmpfs", "-o", "size=4g", "none", engine.data().toString());
        engine.run();
        return engine;
    }

    private static OwnEngine make(String... options) throws Exception {
        assumeTrue(System.getProperty("user.name", "").equals("root"), "only root can run an engine of its own");
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/dockerd")), "there is no dockerd in /usr/sbin");
        OwnEngine engine = new OwnEngine(Files.createTempDirectory(Path.of("/tmp"), "engine"), List.of(options));
        assumeTrue(engine.exec("ip", "link", "add", engine.bridge, "type", "bridge"), "ip can't make a bridge");
        engine.exec("ip", "address", "add", "172.31.250.1/24", "dev", engine.bridge);
        engine.exec("ip", "link", "set", engine.bridge, "up");
        return engine;
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** How much its disk has left. */
    ByteSize left() {
        return new ByteSize(Math.max(1, data().toFile().getUsableSpace()));
    }

    /** Leaves so much on its disk. */
    void leave(ByteSize room) throws InterruptedException {
        long used = data().toFile().getTotalSpace() - data().toFile().getUsableSpace();
        exec("mount", "-o", "remount,size=" + (used + room.bytes()), data().toString());
    }

    private boolean exec(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    String address() {
        return "unix://" + folder.resolve("sock");
    }

    private void run() throws IOException {
        // Nothing of it is shared with the machine's own engine, the names in containerd included.
        List<String> command = new ArrayList<>(List.of(
                "/usr/sbin/dockerd",
                "--host=" + address(),
                "--data-root=" + data(),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--containerd-namespace=" + folder.getFileName(),
                "--containerd-plugins-namespace=" + folder.getFileName() + "-plugins",
                "--bridge=" + bridge,
                "--iptables=false",
                "--ip-masq=false"));
        command.addAll(options);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        daemon = started;
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            try (DockerConnection connection = connect()) {
                return connection.client().pingCmd().exec() == null && started.isAlive();
            }
        });
    }

    DockerConnection connect() {
        return DockerConnection.open(Map.of("DOCKER_HOST", address()));
    }

    void restart() throws Exception {
        stop();
        run();
    }

    private void stop() throws InterruptedException {
        Process running = daemon;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(60, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
    }

    /** Has an image of another engine's. */
    void take(DockerClient from, String image) throws IOException {
        Path archive = folder.resolve("image.tar");
        try (InputStream saved = from.saveImageCmd(image).exec()) {
            Files.copy(saved, archive);
        }
        try (DockerConnection connection = connect();
                InputStream in = Files.newInputStream(archive)) {
            connection.client().loadImageCmd(in).exec();
        }
        Files.delete(archive);
    }

    @Override
    public void close() throws Exception {
        try (DockerConnection connection = connect()) {
            connection
                    .client()
                    .listContainersCmd()
                    .withShowAll(true)
                    .exec()
                    .forEach(each -> Container.remove(connection.client(), each.getId()));
            connection.client().listNetworksCmd().exec().stream()
                    .filter(each -> each.getLabels() != null && each.getLabels().containsKey("dev.paddock"))
                    .forEach(each ->
                            connection.client().removeNetworkCmd(each.getId()).exec());
        } finally {
            stop();
            exec("ip", "link", "delete", bridge);
            if (data().toFile().getTotalSpace() != folder.toFile().getTotalSpace()) {
                exec("umount", "--lazy", data().toString());
            }
            Folders.delete(folder);
        }
    }
}
