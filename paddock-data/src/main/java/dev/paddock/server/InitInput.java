package dev.paddock.server;

import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Progress;
import dev.paddock.script.InitScripts;
import dev.paddock.script.ScriptListener;
import dev.paddock.wire.Quoted;
import dev.paddock.wire.ScramVerifier;
import dev.paddock.wire.WireConnection;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a spec's scripts and dumps as its user, so that what they make is that user's, over the owner's own way in. */
final class InitInput {
    private InitInput() {}

    static void run(EngineServer server, ConnectionInfo connection, List<Path> inputs, Progress progress) {
        OwnersWayIn target = new OwnersWayIn(server, connection);
        InitScripts.run(inputs, target, progress, new Logged(LoggerFactory.getLogger(InitInput.class)));
        // A dump of a whole server sets passwords, perhaps that of the very user whose clients are promised another.
        try (WireConnection control = target.connect(connection.database())) {
            control.execute("ALTER ROLE " + Quoted.identifier(connection.user()) + " SUPERUSER LOGIN PASSWORD "
                    + Quoted.literal(ScramVerifier.of(connection.password())));
        }
    }

    private record Logged(Logger log) implements ScriptListener {

        @Override
        public void roleCreated(String role) {
            log.info("created role {}, which a script names", role);
        }

        @Override
        public void leftOut(String statement, String reason) {
            log.info("left out {}: {}", statement, reason);
        }

        @Override
        public void echoed(String text) {
            log.info("{}", text);
        }
    }
}
