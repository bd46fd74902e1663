package dev.paddock.database;

import dev.paddock.model.ConnectionInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** The driver's own data source, but for how its connections log in. */
final class DriverSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;

    private final transient ConnectionInfo database;

    DriverSource(ConnectionInfo database) {
        this.database = database;
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Properties who = new Properties();
        PGProperty.USER.set(who, user);
        PGProperty.PASSWORD.set(who, password);
        return DriverConnections.open(database, getUrl(), who);
    }
}
