package dev.paddock.server;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import java.util.function.Function;

/**
 * A running server that has all that its spec asks for.
 *
 * @param engineServer as its engine sees it; closed by whoever started it
 * @param connection how its clients connect to the spec's database
 */
public record StartedServer(EngineServer engineServer, ConnectionInfo connection) {

    /**
     * Starts a server, provides its user and database and runs its init scripts.
     *
     * @param engine how to start it
     * @throws dev.paddock.model.PaddockException with the reason; nothing of the server is left then
     */
    public static StartedServer start(Function<ServerSpec, EngineServer> engine, ServerSpec wanted, Progress progress) {
        try (ControlledServer started = ControlledServer.start(engine, wanted, progress)) {
            return started.server();
        }
    }
}
