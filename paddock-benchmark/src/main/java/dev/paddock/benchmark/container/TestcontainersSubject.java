package dev.paddock.benchmark.container;

import dev.paddock.benchmark.subject.RunningServer;
import dev.paddock.benchmark.subject.Subject;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Testcontainers with its module for PostgreSQL and the data in memory, as its guides advise for speed. */
final class TestcontainersSubject implements Subject {
    /** Where the image of 18 keeps its data, and a volume. */
    private static final Map<String, String> IN_MEMORY = Map.of("/var/lib/postgresql", "rw");

    @Override
    public String name() {
        return "testcontainers";
    }

    @Override
    public Start prepare() {
        return () -> new Server(TestcontainersSubject.start());
    }

    static PostgreSQLContainer start() {
        PostgreSQLContainer container = new PostgreSQLContainer(
                DockerImageName.parse(ContainerSubjects.IMAGE).asCompatibleSubstituteFor("postgres"));
        container.withTmpFs(IN_MEMORY);
        try {
            container.start();
            return container;
        } catch (RuntimeException failure) {
            container.stop();
            throw failure;
        }
    }

    @Override
    public void close() {
        // Each server is its caller's.
    }

    private record Server(PostgreSQLContainer container) implements RunningServer {
        @Override
        public DataSource dataSource() {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(container.getJdbcUrl());
            source.setUser(container.getUsername());
            source.setPassword(container.getPassword());
            return source;
        }

        @Override
        public int port() {
            return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
