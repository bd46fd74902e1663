package dev.paddock;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Progress;
import dev.paddock.script.InitScripts;
import dev.paddock.script.ScriptTarget;
import dev.paddock.wire.WireConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a spec's scripts and dumps as its user, over TCP as that user's programs will. */
final class InitInput {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private InitInput() {}

    static void run(EngineServer server, ConnectionInfo connection, List<Path> inputs, Progress progress) {
        InitScripts.run(inputs, new Target(server, connection), progress);
    }

    private record Target(EngineServer server, ConnectionInfo connection) implements ScriptTarget {

        @Override
        public WireConnection connect(String database) {
            return WireConnection.open(server.control(), connection.user(), database, PATIENCE);
        }

        @Override
        public String database() {
            return connection.database();
        }

        @Override
        public int serverMajor() {
            return server.version().major();
        }
    }
}
