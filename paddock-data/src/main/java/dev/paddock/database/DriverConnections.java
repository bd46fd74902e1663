package dev.paddock.database;

import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.SaltedPassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Connections by the JDBC driver, for what of the password's salting is known already: the driver would spend milliseconds on it for
 * each of them.
 */
public final class DriverConnections {
    private static final String NONE = "disable";

    private DriverConnections() {}

    /**
     * Opens one.
     *
     * @param url of the same server
     * @param given for the driver; what they leave open is as it is best for this database
     */
    public static Connection open(ConnectionInfo database, String url, Properties given) throws SQLException {
        Properties all = new Properties();
        // Not even to ask saves a round trip per connection. A server that has TLS may insist on it.
        PGProperty.SSL_MODE.set(all, database.tls() ? "prefer" : NONE);
        PGProperty.GSS_ENC_MODE.set(all, NONE);
        PGProperty.USER.set(all, database.user());
        PGProperty.PASSWORD.set(all, database.password().value());
        given.stringPropertyNames().forEach(name -> all.setProperty(name, given.getProperty(name)));
        if (canLogInBySocket(database, all)) {
            database.password().salted().ifPresent(salted -> {
                PGProperty.SOCKET_FACTORY.set(all, LoginSockets.class.getName());
                PGProperty.SOCKET_FACTORY_ARG.set(all, argument(salted));
            });
        }
        return DriverManager.getConnection(url, all);
    }

    private static boolean canLogInBySocket(ConnectionInfo database, Properties all) {
        return is(all, PGProperty.PASSWORD, database.password().value())
                // What the socket reads are messages: no answers to questions of encryption.
                && is(all, PGProperty.SSL_MODE, NONE)
                && is(all, PGProperty.GSS_ENC_MODE, NONE)
                && !all.containsKey(PGProperty.SOCKET_FACTORY.getName())
                && isSeenByTheDriver();
    }

    private static boolean is(Properties all, PGProperty property, String value) {
        return value.equals(all.getProperty(property.getName()));
    }

    private static String argument(SaltedPassword salted) {
        return salted.iterations() + ":" + salted.salt() + ":" + salted.key();
    }

    static SaltedPassword parse(String argument) {
        String[] parts = argument.split(":");
        return new SaltedPassword(Integer.parseInt(parts[0]), parts[1], parts[2]);
    }

    /** A driver that was put into an application server's own class path finds nothing of an application's. */
    private static boolean isSeenByTheDriver() {
        try {
            return Class.forName(LoginSockets.class.getName(), false, Driver.class.getClassLoader())
                    == LoginSockets.class;
        } catch (ClassNotFoundException unseen) {
            return false;
        }
    }
}
