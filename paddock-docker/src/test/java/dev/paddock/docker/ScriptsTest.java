package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.EngineContract;
import dev.paddock.model.ServerSpec;
import dev.paddock.script.InitScriptContract;
import dev.paddock.script.ScriptTarget;
import dev.paddock.wire.WireConnection;
import dev.paddock.wire.WireConnectionContract;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Scripts, and the sessions that they run in, on a server in a container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ScriptsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Paddock paddock;
    private PostgresServer server;

    @BeforeAll
    void start() {
        paddock = Engines.storedAs("auto", EngineContract.sharedHome());
        server = paddock.start(ServerSpec.create().withPassword("only for tests"));
    }

    @AfterAll
    void stop() {
        if (paddock != null) {
            paddock.close();
        }
    }

    private SocketAddress socket() {
        return UnixDomainSocketAddress.of(server.socketFolder().orElseThrow().resolve(".s.PGSQL." + server.port()));
    }

    @Nested
    final class Scripts extends InitScriptContract {
        @Override
        protected ScriptTarget server() {
            return new ScriptTarget() {
                @Override
                public WireConnection connect(String database) {
                    return WireConnection.open(socket(), "postgres", database, PATIENCE);
                }

                @Override
                public String database() {
                    return "postgres";
                }
            };
        }
    }

    @Nested
    final class Sessions extends WireConnectionContract {
        @Override
        protected SocketAddress trusted() {
            return socket();
        }

        @Override
        protected SocketAddress guarded() {
            return new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), server.port());
        }
    }
}
