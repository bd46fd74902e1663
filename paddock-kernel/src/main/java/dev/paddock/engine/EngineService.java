package dev.paddock.engine;

import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running service as its engine sees it. Thread-safe. It ends with its stack. */
public interface EngineService {

    /** By which the others on its network reach it. */
    String name();

    /** Where the host reaches it: on loopback, the port there by the service's own. */
    Map<Integer, Integer> ports();

    /**
     * Where the host reaches one of its ports.
     *
     * @throws PaddockException if that isn't published
     */
    default int port(int inside) {
        Integer outside = ports().get(inside);
        if (outside == null) {
            throw new PaddockException(
                    "the port " + inside + " of " + name() + " is not published",
                    "publish it: ports: [" + inside + "]");
        }
        return outside;
    }

    /** The id of the container. */
    String identity();

    boolean isAlive();

    /** How it ended, if it doesn't run any more. */
    Optional<ServerEnd> ended();

    /** Its output. */
    ServerLog log();

    /** The last lines of its output. */
    List<String> lastLogLines(int most);
}
