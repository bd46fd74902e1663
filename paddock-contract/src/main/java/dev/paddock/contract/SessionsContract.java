package dev.paddock.contract;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ServerSpec;
import dev.paddock.script.DumpContract;
import dev.paddock.script.InitScriptContract;
import dev.paddock.script.PsqlContract;
import dev.paddock.script.ScriptFilesContract;
import dev.paddock.script.ScriptTarget;
import dev.paddock.wire.Login;
import dev.paddock.wire.WireConnection;
import dev.paddock.wire.WireConnectionContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Scripts, and the sessions that they run in, on one server for all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
public abstract class SessionsContract implements EngineUnderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private @Nullable Paddock paddock;
    private PostgresServer server;

    @BeforeAll
    final void start() {
        Paddock opened = open(LeaseSettings.DEFAULT);
        paddock = opened;
        server = opened.start(ServerSpec.create().withPassword("only for tests"));
    }

    @AfterAll
    final void stop() {
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
            return target();
        }
    }

    @Nested
    final class ScriptFiles extends ScriptFilesContract {
        @Override
        protected ScriptTarget server() {
            return target();
        }
    }

    @Nested
    final class Dumps extends DumpContract {
        @Override
        protected ScriptTarget server() {
            return target();
        }
    }

    @Nested
    final class CommandsToPsql extends PsqlContract {
        @Override
        protected ScriptTarget server() {
            return target();
        }

        @Override
        protected Map<String, String> environment() {
            return server.database().environment();
        }
    }

    private ScriptTarget target() {
        return new ScriptTarget() {
            @Override
            public WireConnection connect(String user, String database) {
                return WireConnection.open(socket(), Login.of(user, database), PATIENCE);
            }

            @Override
            public String user() {
                return "postgres";
            }

            @Override
            public String database() {
                return "postgres";
            }
        };
    }

    @Nested
    final class Sessions extends WireConnectionContract {
        @Override
        protected SocketAddress trusted() {
            return socket();
        }

        @Override
        protected SocketAddress guarded() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        }
    }
}
