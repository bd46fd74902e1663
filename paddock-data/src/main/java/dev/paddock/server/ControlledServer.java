package dev.paddock.server;

import dev.paddock.engine.EngineServer;
import dev.paddock.wire.WireConnection;
import java.time.Duration;

/**
 * A started server together with the owner's session that it was provided by, for owners who have more to say to it.
 *
 * @param control of a superuser in the database {@code postgres}
 */
public record ControlledServer(StartedServer server, WireConnection control) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Another session of the owner's; closed by the caller. */
    public static WireConnection control(EngineServer server) {
        return control(server, PATIENCE);
    }

    /** The same with a patience of the caller's. */
    public static WireConnection control(EngineServer server, Duration patience) {
        return server.control(EngineServer.MAINTENANCE, patience);
    }

    /** The server alone; the session ends. */
    public StartedServer release() {
        close();
        return server;
    }

    /** Ends the session; the server runs on. */
    @Override
    public void close() {
        control.close();
    }
}
