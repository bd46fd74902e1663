package dev.paddock.benchmark.container;

import dev.paddock.benchmark.subject.RunningServer;
import dev.paddock.benchmark.subject.Shell;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The floor: {@code docker run} of an image that has its data in it already, and {@code docker rm --force}. Making that image isn't measured.
 */
final class HandmadeContainers implements Subject {
    private static final String READY = "paddock/benchmark-floor:18";
    private static final String DATA = "/floor";
    private static final String PASSWORD = "only-for-the-benchmark";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private HandmadeContainers() {}

    static HandmadeContainers open() {
        Handmade template = Handmade.run(ContainerSubjects.IMAGE, "--env", "POSTGRES_PASSWORD=" + PASSWORD);
        try {
            template.query();
            Shell.run("docker", "stop", "--time", "30", template.name());
            Shell.run("docker", "commit", template.name(), READY);
            return new HandmadeContainers();
        } finally {
            template.close();
        }
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public Start prepare() {
        return () -> Handmade.run(READY, "--rm");
    }

    @Override
    public void close() {
        Shell.run("docker", "image", "rm", READY);
    }

    private record Handmade(String name, int port) implements RunningServer {

        static Handmade run(String image, String... options) {
            int port = freePort();
            String name = "paddock-benchmark-" + ProcessHandle.current().pid() + "-" + port;
            List<String> command = new ArrayList<>(List.of("docker", "run", "--detach", "--name", name));
            command.addAll(List.of("--publish", "127.0.0.1:" + port + ":5432", "--env", "PGDATA=" + DATA));
            command.addAll(List.of(options));
            command.addAll(List.of(image, "postgres", "-c", "fsync=off"));
            Shell.run(command.toArray(String[]::new));
            return new Handmade(name, port);
        }

        private static int freePort() {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException failure) {
                throw new PaddockException("there is no free port", failure);
            }
        }

        @Override
        public DataSource dataSource() {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
            source.setUser("postgres");
            source.setPassword(PASSWORD);
            return source;
        }

        /** The port answers before the server does, so this asks until one is that. */
        @Override
        public void query() {
            if (!Deadline.in(PATIENCE).await(this::answers)) {
                RunningServer.super.query();
            }
        }

        private boolean answers() {
            try {
                RunningServer.super.query();
                return true;
            } catch (PaddockException notYet) {
                return false;
            }
        }

        @Override
        public void close() {
            Shell.run("docker", "rm", "--force", "--volumes", name);
        }
    }
}
