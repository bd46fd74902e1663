package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.paddock.Paddock;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.EngineUnderTest;
import dev.paddock.jdbc.DriverContract;
import dev.paddock.jdbc.PaddockDriver;
import dev.paddock.lease.LeaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Databases that a URL asks for. */
final class DriverTest implements EngineUnderTest {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("overlay", EngineContract.sharedHome(), settings);
    }

    @Nested
    final class Urls extends DriverContract {}

    /** The driver that {@code DriverManager} finds by itself. */
    @Nested
    final class Registered {
        private static final String URL = "jdbc:paddock:///registered";

        @BeforeAll
        static void useTheHomeOfTheBuild() {
            System.setProperty("paddock.storage", "overlay");
            System.setProperty(
                    "paddock.home",
                    Path.of("target", "paddock-home").toAbsolutePath().toString());
        }

        @AfterAll
        static void useTheHomeOfTheUserAgain() {
            System.clearProperty("paddock.home");
        }

        @Test
        void servesPoolsAndPlainConnectionsUntilItIsDeregistered() throws SQLException {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(URL);
            config.setUsername("sa");
            config.setMaximumPoolSize(2);
            String server;
            try (HikariDataSource pool = new HikariDataSource(config);
                    Connection pooled = pool.getConnection();
                    Connection plain = DriverManager.getConnection(URL);
                    Connection ofAnother = Objects.requireNonNull(new PaddockDriver().connect(URL, new Properties()))) {
                server = plain.getMetaData().getURL();
                assertThat(pooled.getMetaData().getURL()).isEqualTo(server);
                assertThat(ofAnother.getMetaData().getURL()).isEqualTo(server);
            }
            Driver registered = DriverManager.getDriver(URL);

            DriverManager.deregisterDriver(registered);

            assertThatThrownBy(() -> DriverManager.getConnection(server, "postgres", "any"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("refused");
            DriverManager.registerDriver(registered);
        }
    }
}
