package dev.paddock.cli;

import dev.paddock.PostgresServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.ForeignVariables;
import dev.paddock.model.Secret;
import dev.paddock.registry.ServerRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program needs to know to use a server.
 *
 * @param template the database on it that others can be made from, if it has one
 */
record Access(ConnectionInfo connection, Optional<String> template) {
    /** Host and port once more: by them the variables beside it are known to be Paddock's, and still the same server's. */
    private static final String SERVER = "PADDOCK_SERVER";

    private static final String TEMPLATE = "PADDOCK_TEMPLATE";

    static Access to(PostgresServer server) {
        return new Access(server.connection(), server.template());
    }

    static Access to(ServerRecord server) {
        return new Access(server.connection(), server.template());
    }

    /** What a program is to be given. */
    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>(connection.environment());
        variables.put(SERVER, connection.host() + ":" + connection.port());
        template.ifPresent(name -> variables.put(TEMPLATE, name));
        return variables;
    }

    /** What a program that would inherit this environment is not to be given: it would lead it elsewhere. */
    List<String> foreign(Map<String, String> inherited) {
        Map<String, String> ours = environment();
        List<String> foreign = new ArrayList<>(ForeignVariables.in(inherited));
        foreign.add(TEMPLATE);
        foreign.removeAll(ours.keySet());
        return foreign;
    }

    /** Makes the environment of a program lead to the server, and nowhere else. */
    void putInto(Map<String, String> variables) {
        variables.keySet().removeAll(foreign(variables));
        variables.putAll(environment());
    }

    /** Of the server whose variables these are; empty if they are none's, or somebody has put another server's over them. */
    static Optional<Access> in(Map<String, String> environment) {
        String host = environment.getOrDefault("PGHOST", "");
        String port = environment.getOrDefault("PGPORT", "");
        if (port.isEmpty() || !environment.getOrDefault(SERVER, "").equals(host + ":" + port)) {
            return Optional.empty();
        }
        return Optional.of(new Access(
                new ConnectionInfo(
                                host,
                                Integer.parseInt(port),
                                environment.getOrDefault("PGUSER", ""),
                                new Secret(environment.getOrDefault("PGPASSWORD", "")),
                                environment.getOrDefault("PGDATABASE", ""))
                        .withTls(!environment.getOrDefault("PGSSLMODE", "").equals("disable")),
                Optional.ofNullable(environment.get(TEMPLATE))));
    }

    Access withDatabase(String name) {
        return new Access(connection.withDatabase(name), template);
    }
}
