package dev.paddock.model;

import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to one database over TCP, in each form that programs ask for.
 *
 * @param near a shorter way to the same server that this machine has, and no other program needs to know
 */
public record ConnectionInfo(
        String host, int port, String user, Secret password, String database, Optional<InetSocketAddress> near) {

    public ConnectionInfo(String host, int port, String user, Secret password, String database) {
        this(host, port, user, password, database, Optional.empty());
    }

    public ConnectionInfo withDatabase(String other) {
        return new ConnectionInfo(host, port, user, password, other, near);
    }

    /** The same database as somebody else. */
    public ConnectionInfo as(String otherUser, Secret otherPassword) {
        return new ConnectionInfo(host, port, otherUser, otherPassword, database, near);
    }

    /** A shorter way leads to the same database. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionInfo info
                && host.equals(info.host)
                && port == info.port
                && user.equals(info.user)
                && password.equals(info.password)
                && database.equals(info.database);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, user, password, database);
    }

    /** {@code postgresql://user:password@host:port/database}, as libpq and most drivers read it. */
    public String uri() {
        return "postgresql://" + encode(user) + ":" + encode(password.value()) + "@" + host + ":" + port + "/"
                + encode(database);
    }

    /** {@code jdbc:postgresql://host:port/database}, without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encode(database);
    }

    /** The same with the user and the password as parameters, for programs that take nothing but a URL. */
    public String jdbcUrlWithCredentials() {
        return jdbcUrl() + "?user=" + encode(user) + "&password=" + encode(password.value());
    }

    /** The variables that libpq and common frameworks read. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PGHOST", host);
        variables.put("PGPORT", Integer.toString(port));
        variables.put("PGUSER", user);
        variables.put("PGPASSWORD", password.value());
        variables.put("PGDATABASE", database);
        variables.put("DATABASE_URL", uri());
        variables.put("JDBC_DATABASE_URL", jdbcUrlWithCredentials());
        return variables;
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
