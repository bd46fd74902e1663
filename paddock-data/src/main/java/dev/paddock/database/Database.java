package dev.paddock.database;

import dev.paddock.model.ConnectionInfo;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database in a running server. Immutable and thread-safe.
 *
 * @param dataSource opens its connections; needs no closing itself
 */
public record Database(ConnectionInfo connection, DataSource dataSource) {

    /** With a data source that opens a new connection for each call; nothing is pooled. */
    public static Database of(ConnectionInfo connection) {
        return new Database(connection, plainSource(connection));
    }

    public String name() {
        return connection.database();
    }

    public String host() {
        return connection.host();
    }

    public int port() {
        return connection.port();
    }

    public String user() {
        return connection.user();
    }

    /** In plain text, to be handed to a client. */
    public String password() {
        return connection.password().value();
    }

    /** Without credentials. */
    public String jdbcUrl() {
        return connection.jdbcUrl();
    }

    /** With credentials, as libpq and most drivers read it. */
    public String uri() {
        return connection.uri();
    }

    /**
     * The variables that libpq and common frameworks read. For a program that inherits the environment of this one
     * {@link #putInto} is safer.
     */
    public Map<String, String> environment() {
        return connection.environment();
    }

    /**
     * Makes the environment of a program lead to this database: sets the variables, and removes those that would lead the program
     * elsewhere, such as {@code PGSERVICE} and {@code PGHOSTADDR}.
     *
     * @param environment such as {@link ProcessBuilder#environment()}
     */
    public void putInto(Map<String, String> environment) {
        connection.putInto(environment);
    }

    /** A connection that is given up if the server doesn't answer in time; what is done with it later may take as long as it likes. */
    public Connection open(Duration patience) throws SQLException {
        PGSimpleDataSource source = plainSource(connection);
        source.setSocketTimeout((int) patience.toSeconds());
        Connection opened = source.getConnection();
        opened.setNetworkTimeout(Runnable::run, 0);
        return opened;
    }

    private static PGSimpleDataSource plainSource(ConnectionInfo connection) {
        PGSimpleDataSource source = new DriverSource(connection);
        // The driver tries them in this order.
        source.setServerNames(Stream.concat(
                        connection.near().stream().map(InetSocketAddress::getHostString), Stream.of(connection.host()))
                .toArray(String[]::new));
        source.setPortNumbers(IntStream.concat(
                        connection.near().stream().mapToInt(InetSocketAddress::getPort),
                        IntStream.of(connection.port()))
                .toArray());
        source.setDatabaseName(connection.database());
        source.setUser(connection.user());
        source.setPassword(connection.password().value());
        return source;
    }
}
