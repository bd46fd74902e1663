package dev.paddock.server;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Secret;
import dev.paddock.model.ServerSpec;
import dev.paddock.snapshot.Kind;
import dev.paddock.snapshot.Manifest;
import dev.paddock.wire.Login;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.ScramVerifier;
import dev.paddock.wire.WireConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives a fresh clone the user, password and database that its clients expect, over the owner's own connection. The password
 * travels as a verifier, so that no log or statement statistics ever hold it.
 */
final class Provision {
    static final String SUPERUSER = "postgres";

    /** Settings, the snapshot, or the data that is gone on with may have turned it on. */
    private static final String WHETHER_TLS = "SHOW ssl";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Provision() {}

    /** @param prepared the server's password, unless it is one that was there before */
    static ConnectionInfo apply(
            WireConnection control, EngineServer server, ServerSpec spec, PreparedPassword prepared) {
        Manifest origin = server.origin().manifest();
        String user = spec.user().orElse(origin.user());
        String database = spec.database().orElse(origin.database());
        if (server.isAdopted()) {
            return asItIs(control, server, user, spec.password().orElseThrow(), database);
        }
        Secret password = prepared.await();
        if (!exists(control, user, SUPERUSER, "pg_roles", "rolname")) {
            control.execute("CREATE ROLE " + Quoted.identifier(user));
        }
        // What initdb made has one superuser, and that is the shortest way to say so: each operator, and each index,
        // costs a new server
        // a part of its catalog.
        String which = user.equals(SUPERUSER) && origin.kind() == Kind.EMPTY && !server.isContinued()
                ? "rolsuper"
                : "rolname = " + Quoted.literal(user);
        // Told by ALTER ROLE, PostgreSQL would first find out whether the password is the empty one: 4,096 iterations,
        // as for a login.
        boolean tls =
                isOn(control.query("UPDATE pg_catalog.pg_authid SET rolsuper = true, rolcanlogin = true, rolpassword = "
                        + Quoted.literal(ScramVerifier.of(password)) + " WHERE " + which + ";" + WHETHER_TLS));
        if (!exists(control, database, EngineServer.MAINTENANCE, "pg_database", "datname")) {
            // FILE_COPY of the small template is three times as fast as the default; 14 knows no other.
            String strategy = server.version().major() >= 15 ? " STRATEGY FILE_COPY" : "";
            control.execute(
                    "CREATE DATABASE " + Quoted.identifier(database) + " OWNER " + Quoted.identifier(user) + strategy);
        }
        return new ConnectionInfo(server.host(), server.port(), user, password, database, server.near(), tls);
    }

    /** Nothing is changed; a password that isn't the right one is noticed where this machine can connect as its clients will. */
    private static ConnectionInfo asItIs(
            WireConnection control, EngineServer server, String user, Secret password, String database) {
        if (server.host().equals("127.0.0.1")) {
            WireConnection.open(
                            new InetSocketAddress(server.host(), server.port()),
                            Login.of(user, database),
                            password,
                            PATIENCE)
                    .close();
        }
        return new ConnectionInfo(
                server.host(),
                server.port(),
                user,
                password,
                database,
                server.near(),
                isOn(control.query(WHETHER_TLS)));
    }

    private static boolean isOn(List<List<Optional<String>>> setting) {
        return setting.equals(List.of(List.of(Optional.of("on"))));
    }

    private static boolean exists(WireConnection control, String name, String surely, String catalog, String column) {
        return name.equals(surely)
                || !control.query("SELECT 1 FROM " + catalog + " WHERE " + column + " = " + Quoted.literal(name))
                        .isEmpty();
    }
}
