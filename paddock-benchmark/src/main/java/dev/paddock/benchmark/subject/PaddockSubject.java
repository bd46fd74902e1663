package dev.paddock.benchmark.subject;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.model.ServerSpec;
import java.util.List;
import javax.sql.DataSource;

/** Paddock with its defaults. */
public final class PaddockSubject implements Subject {
    private final Paddock paddock;

    /** @param paddock closed with this object */
    public PaddockSubject(Paddock paddock) {
        this.paddock = paddock;
    }

    Paddock paddock() {
        return paddock;
    }

    @Override
    public String name() {
        return "paddock";
    }

    @Override
    public Start prepare() {
        return () -> new Server(paddock.start(ServerSpec.postgres("18")));
    }

    /** In the turn of this subject nothing else that this JVM started is running. */
    @Override
    public List<ProcessHandle> helpers() {
        return ProcessHandle.current().descendants().toList();
    }

    @Override
    public void close() {
        paddock.close();
    }

    /** One of Paddock's servers. */
    public record Server(PostgresServer server) implements RunningServer {
        @Override
        public DataSource dataSource() {
            return server.database().dataSource();
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
