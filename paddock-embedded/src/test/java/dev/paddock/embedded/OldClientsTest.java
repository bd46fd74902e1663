package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.Lease;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.TemplateSpec;
import io.r2dbc.spi.ConnectionFactories;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

/** Clients that refuse a server which asks for fewer than RFC 5802's 4,096 iterations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OldClientsTest {
    private Paddock paddock;

    @SuppressWarnings("NullAway.Init")
    OldClientsTest() {}

    @BeforeAll
    void open() {
        paddock = Engines.storedAs(
                "overlay", PaddockHome.under(Path.of("target", "paddock-home").toAbsolutePath()));
    }

    @AfterAll
    void close() {
        paddock.close();
    }

    @Test
    void logInToServers() throws Exception {
        try (PostgresServer server = paddock.start(ServerSpec.create().withDatabase("shop"))) {
            logIn(server.database());
        }
    }

    @Test
    void logInToLeases() throws Exception {
        TemplateSpec template = TemplateSpec.of(ServerSpec.create().withDatabase("shop"));
        try (Lease lease = paddock.databases(template).lease("old clients")) {
            logIn(lease.database());
        }
        try (Lease shared = paddock.databases(template).shared("old clients")) {
            logIn(shared.database());
        }
    }

    private static void logIn(Database database) throws Exception {
        for (String version : List.of("42.2.29", "42.6.2")) {
            URL jar = Path.of("target", "old-drivers", "postgresql-" + version + ".jar")
                    .toUri()
                    .toURL();
            try (URLClassLoader apart = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
                Driver driver = (Driver) apart.loadClass("org.postgresql.Driver")
                        .getDeclaredConstructor()
                        .newInstance();
                Properties login = new Properties();
                login.setProperty("user", database.user());
                login.setProperty("password", database.password());
                try (Connection connection = driver.connect(database.jdbcUrl(), login)) {
                    assertThat(connection.getMetaData().getDriverVersion()).isEqualTo(version);
                    assertThat(connection.getCatalog()).isEqualTo(database.name());
                }
            }
        }
        // Spring Boot 3.5's.
        io.r2dbc.spi.Connection reactive = Mono.from(
                        ConnectionFactories.get("r2dbc:" + database.uri()).create())
                .cast(io.r2dbc.spi.Connection.class)
                .block(Duration.ofSeconds(30));
        assertThat(reactive).isNotNull();
        assertThat(reactive.getMetadata().getDatabaseProductName()).isEqualTo("PostgreSQL");
        Mono.from(reactive.close()).block(Duration.ofSeconds(30));
    }
}
