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
 * @param tls whether the server encrypts connections of clients that want it
 */
public record ConnectionInfo(
        String host,
        int port,
        String user,
        Secret password,
        String database,
        Optional<InetSocketAddress> near,
        boolean tls) {
    private static final String NO_TLS = "disable";

    public ConnectionInfo(String host, int port, String user, Secret password, String database) {
        this(host, port, user, password, database, Optional.empty(), false);
    }

    public ConnectionInfo withDatabase(String other) {
        return new ConnectionInfo(host, port, user, password, other, near, tls);
    }

    /** The same database as somebody else. */
    public ConnectionInfo as(String otherUser, Secret otherPassword) {
        return new ConnectionInfo(host, port, otherUser, otherPassword, database, near, tls);
    }

    public ConnectionInfo withTls(boolean offered) {
        return new ConnectionInfo(host, port, user, password, database, near, offered);
    }

    /** A shorter way, or an encrypted one, leads to the same database. */
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

    /**
     * {@code postgresql://user:password@host:port/database?sslmode=disable}, as libpq and most drivers read it. Without the
     * parameter some, such as Go's lib/pq, insist on TLS. Of a server that has TLS the URI leaves it to the driver.
     */
    public String uri() {
        return "postgresql://" + encode(user) + ":" + encode(password.value()) + "@" + host + ":" + port + "/"
                + encode(database) + (tls ? "" : "?sslmode=" + NO_TLS);
    }

    /** {@code jdbc:postgresql://host:port/database}, without credentials and parameters, so that others can be put behind it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encode(database);
    }

    /** The same with all that is known as parameters, for programs that take nothing but a URL. */
    public String jdbcUrlWithCredentials() {
        return jdbcUrl() + "?user=" + encode(user) + "&password=" + encode(password.value())
                + (tls ? "" : "&sslmode=" + NO_TLS);
    }

    /** A command line that opens psql here, whatever variables the shell has that would lead psql elsewhere. */
    public String psql() {
        // A URI has no apostrophe.
        return String.join(" ", ForeignVariables.withoutThoseOfLibpq()) + " psql '" + uri() + "'";
    }

    /**
     * The variables that libpq and common frameworks read. They lead here only where none of the
     * {@linkplain ForeignVariables#in foreign ones} is set: see {@link #putInto}.
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PGHOST", host);
        variables.put("PGPORT", Integer.toString(port));
        variables.put("PGUSER", user);
        variables.put("PGPASSWORD", password.value());
        variables.put("PGDATABASE", database);
        if (!tls) {
            variables.put("PGSSLMODE", NO_TLS);
        }
        // Else libpq looks for a Kerberos ticket before each connection.
        variables.put("PGGSSENCMODE", "disable");
        variables.put("DATABASE_URL", uri());
        variables.put("JDBC_DATABASE_URL", jdbcUrlWithCredentials());
        variables.put("JDBC_DATABASE_USERNAME", user);
        variables.put("JDBC_DATABASE_PASSWORD", password.value());
        return variables;
    }

    /** Makes the environment of a program lead to this database, and nowhere else. */
    public void putInto(Map<String, String> variables) {
        variables.keySet().removeAll(ForeignVariables.in(variables));
        variables.putAll(environment());
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
