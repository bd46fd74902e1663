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
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

        @Test
        void classLoadersHaveOneDatabaseForOneUrlUntilItsOwnerEndsIt() throws Exception {
            String url = "jdbc:paddock:///loaded";
            try (URLClassLoader one = apart();
                    URLClassLoader other = apart()) {
                Driver owner = driver(one);
                Driver guest = driver(other);
                assertThat(guest.getClass()).isNotEqualTo(owner.getClass());

                execute(owner, url, "CREATE TABLE pony (name text)");
                execute(guest, url, "INSERT INTO pony VALUES ('Merlin')");
                end(other);
                execute(owner, url, "INSERT INTO pony VALUES ('Luna')");

                end(one);
                try (URLClassLoader later = apart()) {
                    // Its own, which is empty.
                    execute(driver(later), url, "CREATE TABLE pony (name text)");
                    end(later);
                }
            }
        }

        @Test
        void classLoadersThatComeAtOnceStartOneDatabase() throws Exception {
            String url = "jdbc:paddock:///race";
            List<URLClassLoader> loaders =
                    Stream.generate(Registered::apart).limit(4).toList();
            try {
                Set<String> servers = new HashSet<>();
                List<CompletableFuture<String>> all = loaders.stream()
                        .map(loader -> CompletableFuture.supplyAsync(() -> server(loader, url)))
                        .toList();
                for (CompletableFuture<String> each : all) {
                    servers.add(each.get(60, TimeUnit.SECONDS));
                }
                assertThat(servers).hasSize(1);
            } finally {
                for (URLClassLoader each : loaders) {
                    end(each);
                    each.close();
                }
            }
        }

        private static String server(URLClassLoader loader, String url) {
            try (Connection connection = Objects.requireNonNull(driver(loader).connect(url, new Properties()))) {
                return connection.getMetaData().getURL();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }

        private static void execute(Driver driver, String url, String sql) throws SQLException {
            try (Connection connection = Objects.requireNonNull(driver.connect(url, new Properties()))) {
                connection.createStatement().execute(sql);
            }
        }

        /** As build tools load each of their plug-ins. */
        private static URLClassLoader apart() {
            URL[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (MalformedURLException never) {
                            throw new IllegalStateException(never);
                        }
                    })
                    .toArray(URL[]::new);
            return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
        }

        private static Driver driver(ClassLoader loader) throws ReflectiveOperationException {
            return (Driver) loader.loadClass(PaddockDriver.class.getName())
                    .getConstructor()
                    .newInstance();
        }

        private static void end(ClassLoader loader) throws ReflectiveOperationException {
            ((Runnable) loader.loadClass(Ending.class.getName())
                            .getConstructor()
                            .newInstance())
                    .run();
        }
    }

    /** Loaded by a class loader, ends that one's databases. */
    public static final class Ending implements Runnable {
        @Override
        public void run() {
            try {
                DriverManager.deregisterDriver(DriverManager.getDriver("jdbc:paddock:///any"));
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
