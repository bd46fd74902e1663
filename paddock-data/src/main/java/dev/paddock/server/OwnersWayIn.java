package dev.paddock.server;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.script.ScriptTarget;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import java.time.Duration;

/** Runs scripts as the spec's user, so that what they make is that user's, over the way in that is the owner's alone. */
public record OwnersWayIn(EngineServer server, ConnectionInfo connection) implements ScriptTarget {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public WireConnection connect(String user, String name) {
        return server.connect(Login.of(user, name), PATIENCE);
    }

    @Override
    public String user() {
        return connection.user();
    }

    @Override
    public String database() {
        return connection.database();
    }
}
