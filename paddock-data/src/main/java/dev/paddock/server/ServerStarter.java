package dev.paddock.server;

import dev.paddock.closing.Closer;
import dev.paddock.engine.EngineServer;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.postgres.KeptConnection;
import dev.paddock.wire.WireConnection;
import java.util.function.Function;

/** Starts servers of one engine that have all that their specs ask for. Thread-safe. */
public final class ServerStarter {
    private final Function<ServerSpec, EngineServer> engine;
    private final Progress progress;
    private final Passwords passwords = new Passwords();

    /** @param engine how it starts one */
    public ServerStarter(Function<ServerSpec, EngineServer> engine, Progress progress) {
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Starts a server, provides its user and database and runs its init scripts.
     *
     * @throws dev.paddock.model.PaddockException with the reason; nothing of the server is left then
     */
    public ControlledServer start(ServerSpec wanted) {
        ServerSpec spec = KeptConnection.recall(wanted);
        PreparedPassword password = passwords.begin(spec);
        EngineServer server = engine.apply(spec);
        try {
            WireConnection control = ControlledServer.control(server);
            try {
                ConnectionInfo connection = Provision.apply(control, server, spec, password);
                if (!server.isContinued() && !spec.init().isEmpty()) {
                    // A dump of a whole server drops and makes anew the very database that this session is in.
                    control.close();
                    InitInput.run(server, connection, spec.init(), progress);
                    control = ControlledServer.control(server);
                }
                // Nothing is put beside what was there before Paddock.
                if (!server.isAdopted()) {
                    if (!server.isContinued() && !(spec.storage() instanceof Storage.InMemory)) {
                        // In the files, so that it can be told to be on the disk before it is told to be complete.
                        control.execute("CHECKPOINT");
                    }
                    KeptConnection.keep(spec, connection);
                }
                server.complete();
                passwords.prepareNext();
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
}
