package dev.paddock.jdbc;

import dev.paddock.Paddock;
import dev.paddock.lease.LeaseSettings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives real PostgreSQL databases by URL, wherever a URL can be written:
 *
 * <pre>{@code
 * jdbc:paddock:18:///shop?migrations=classpath:db/migration
 * }</pre>
 *
 * <p>The first connection starts a server; all later ones in this JVM that ask for the same lead to the same database, until the JVM ends or
 * the driver is deregistered that started it. That holds across class loaders, which each have a driver. Connections are those of PostgreSQL's own driver. Whatever can't be done is a {@link SQLException} that says
 * what to do about it. Thread-safe.
 *
 * <p>There is one owner of what a class loader's connections have started: the driver that {@code DriverManager} knows. Drivers made in another way, as some frameworks do
 * by the name of this class, ask it.
 */
public final class PaddockDriver implements Driver {
    private static final String PREFIX = "jdbc:paddock:";

    static {
        UrlDatabases databases = new UrlDatabases(engine -> Paddock.on(engine, LeaseSettings.DEFAULT));
        try {
            DriverManager.registerDriver(new PaddockDriver(databases), databases::close);
        } catch (SQLException never) {
            throw new ExceptionInInitializerError(never);
        }
    }

    private final @Nullable UrlDatabases own;

    /** One that asks the registered driver for its databases. */
    public PaddockDriver() {
        this(null);
    }

    PaddockDriver(@Nullable UrlDatabases own) {
        this.own = own;
    }

    @Override
    public boolean acceptsURL(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /** Null for other drivers' URLs, as JDBC has it. */
    @Override
    public @Nullable Connection connect(@Nullable String url, @Nullable Properties properties) throws SQLException {
        if (url == null || !acceptsURL(url)) {
            return null;
        }
        return databases().connect(url, properties == null ? new Properties() : properties);
    }

    private UrlDatabases databases() throws SQLException {
        return Optional.ofNullable(own)
                .or(() -> DriverManager.drivers()
                        .filter(PaddockDriver.class::isInstance)
                        .map(PaddockDriver.class::cast)
                        .flatMap(driver -> Optional.ofNullable(driver.own).stream())
                        .findFirst())
                // 08001: unable to establish the connection.
                .orElseThrow(() -> new SQLException("Paddock's driver has been deregistered", "08001"));
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return UrlParameter.describe();
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    /** As PostgreSQL's own driver says of itself. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.paddock");
    }
}
