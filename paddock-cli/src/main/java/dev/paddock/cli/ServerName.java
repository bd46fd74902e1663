package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.ServerRecord;
import java.util.List;

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

    /** @throws PaddockException if it doesn't run */
    ServerRecord find(Paddock paddock) {
        ServerRecord server = paddock.registry().get(name);
        if (!List.of(FIRST_NODE, PRIMARY).contains(node)) {
            throw new PaddockException(name + " has no node '" + node + "'", "its only node is " + FIRST_NODE);
        }
        return server;
    }
}
