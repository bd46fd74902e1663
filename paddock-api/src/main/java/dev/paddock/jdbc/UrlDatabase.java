package dev.paddock.jdbc;

import dev.paddock.Paddock;
import dev.paddock.database.DriverConnections;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.template.TemplateSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One database that URLs ask for, started when the first connection is opened, unless another class loader of this JVM has it already.
 * Thread-safe; ends with its {@code Paddock}.
 */
final class UrlDatabase {
    private final Paddock paddock;
    private final DatabaseUrl.Wanted wanted;
    private volatile @Nullable ConnectionInfo started;

    UrlDatabase(Paddock paddock, DatabaseUrl.Wanted wanted) {
        this.paddock = paddock;
        this.wanted = wanted;
    }

    /**
     * @param ofUrl for the driver, and more binding than all else
     * @param properties for the driver; whom they name as user isn't asked for, since frameworks fill in somebody
     */
    Connection connect(Map<String, String> ofUrl, Properties properties) throws SQLException {
        ConnectionInfo database = database();
        Properties all = new Properties();
        properties.stringPropertyNames().forEach(name -> all.setProperty(name, properties.getProperty(name)));
        all.remove("user");
        all.remove("password");
        all.putAll(ofUrl);
        return DriverConnections.open(database, database.jdbcUrl(), all);
    }

    /** Those who come while it is being started wait for it; if it can't be, the next one tries again. */
    private ConnectionInfo database() {
        return Announcements.findOrStart(wanted.key(), () -> {
            ConnectionInfo own = start();
            started = own;
            return own;
        });
    }

    private ConnectionInfo start() {
        TemplateSpec template = wanted.template().read(resources());
        // A server of its own, not one of many in a shared one: its database is called exactly as the URL says.
        return wanted.readOnly()
                ? paddock.databases(template).shared("jdbc:paddock").database().connection()
                : paddock.start(template).connection();
    }

    /** Nobody is to be led there any more. */
    void takeBack() {
        Announcements.takeBack(wanted.key(), () -> Optional.ofNullable(started));
    }

    private static ClassLoader resources() {
        return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .or(() -> Optional.ofNullable(UrlDatabase.class.getClassLoader()))
                .orElseGet(ClassLoader::getSystemClassLoader);
    }
}
