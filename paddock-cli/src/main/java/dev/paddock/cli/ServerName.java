package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.engine.EngineService;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.ServerRecord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server as users name it: {@code NAME} or {@code NAME/NODE}. */
record ServerName(String name, String node) {
    /** The first node of each cluster; so far the only one. */
    static final String FIRST_NODE = "node1";

    private static final String PRIMARY = "primary";

    static ServerName of(Arguments given) {
        return parse(given.operand()
                .orElseThrow(() -> new InvalidSpecException("which server?", "see what runs with: paddock ls")));
    }

    static ServerName parse(String written) {
        int slash = written.indexOf('/');
        return slash < 0
                ? new ServerName(written, PRIMARY)
                : new ServerName(written.substring(0, slash), written.substring(slash + 1));
    }

    /** Whether it names PostgreSQL, and not a service beside it. */
    boolean isServer() {
        return List.of(FIRST_NODE, PRIMARY).contains(node);
    }

    /** @throws PaddockException if it isn't one beside a server that runs */
    EngineService findService(Paddock paddock) {
        ServerRecord server = paddock.registry().get(name);
        // Fails with the reason where its engine can't be asked. Not closed: that would stop it.
        paddock.attach(server);
        List<EngineService> services = paddock.services(server);
        return services.stream()
                .filter(each -> each.name().equals(node))
                .findAny()
                .orElseThrow(() -> new PaddockException(
                        name + " has no node or service '" + node + "'",
                        "it has "
                                + Stream.concat(
                                                Stream.of(FIRST_NODE),
                                                services.stream().map(EngineService::name))
                                        .collect(Collectors.joining(", "))));
    }

    /** @throws PaddockException if it doesn't run */
    ServerRecord find(Paddock paddock) {
        ServerRecord server = paddock.registry().get(name);
        if (!isServer()) {
            throw new PaddockException(name + " has no node '" + node + "'", "its only node is " + FIRST_NODE);
        }
        return server;
    }
}
