package dev.paddock.benchmark.container;

import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Lender;
import dev.paddock.benchmark.lending.Lending;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Secret;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** One server of Testcontainers, and in it CREATE DATABASE for each test. */
final class TestcontainersLending implements Lending {
    @Override
    public String name() {
        return "testcontainers";
    }

    @Override
    public Lender open(Content content) {
        PostgreSQLContainer container = TestcontainersSubject.start();
        ConnectionInfo connection = new ConnectionInfo(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                new Secret(container.getPassword()),
                container.getDatabaseName());
        try {
            return Lending.createDatabases(connection, content, container::stop);
        } catch (RuntimeException failure) {
            container.stop();
            throw failure;
        }
    }
}
