package dev.paddock.server;

import dev.paddock.closing.Closer;
import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.wire.WireConnection;
import java.time.Duration;
import java.util.function.Function;

/**
 * A started server together with the owner's session that it was provided by, for owners who have more to say to it.
 *
 * @param control of a superuser in the database {@code postgres}
 */
public record ControlledServer(StartedServer server, WireConnection control) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** As {@link StartedServer#start}. */
    public static ControlledServer start(
            Function<ServerSpec, EngineServer> engine, ServerSpec wanted, Progress progress) {
        ServerSpec spec = KeptConnection.recall(wanted);
        PreparedPassword password = PreparedPassword.begin(spec);
        EngineServer server = engine.apply(spec);
        try {
            WireConnection control = control(server);
            try {
                ConnectionInfo connection = Provision.apply(control, server, spec, password);
                if (!server.isContinued() && !spec.init().isEmpty()) {
                    // A dump of a whole server drops and makes anew the very database that this session is in.
                    control.close();
                    InitInput.run(server, connection, spec.init(), progress);
                    control = control(server);
                }
                // Nothing is put beside what was there before Paddock.
                if (!server.isAdopted()) {
                    KeptConnection.keep(spec, connection);
                }
                return new ControlledServer(new StartedServer(server, connection), control);
            } catch (RuntimeException failure) {
                throw Closer.after(failure, control::close);
            }
        } catch (RuntimeException failure) {
            RuntimeException told = server.isAlive() || failure instanceof ServerDiedException
                    ? failure
                    : new ServerDiedException(server.lastLogLines(20), failure);
            throw Closer.after(told, server::discard);
        }
    }

    /** Another session of the owner's; closed by the caller. */
    public static WireConnection control(EngineServer server) {
        return control(server, PATIENCE);
    }

    /** The same with a patience of the caller's. */
    public static WireConnection control(EngineServer server, Duration patience) {
        return server.connect(server.superuser(), Provision.MAINTENANCE, patience);
    }

    /** Ends the session; the server runs on. */
    @Override
    public void close() {
        control.close();
    }
}
