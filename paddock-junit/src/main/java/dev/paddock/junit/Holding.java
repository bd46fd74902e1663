package dev.paddock.junit;

import dev.paddock.PostgresServer;
import dev.paddock.failure.FailedDatabase;
import java.util.Optional;

/** A database that a test or a class has until it is over. Thread-safe; closed by its {@link Scope}. */
sealed interface Holding extends FailedDatabase, AutoCloseable permits LentDatabase, OwnServer {

    /** The server, if nobody else uses it. */
    Optional<PostgresServer> server();

    @Override
    void close();
}
