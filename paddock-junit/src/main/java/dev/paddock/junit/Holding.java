package dev.paddock.junit;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.evidence.StatementLog;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A database that a test or a class has until it is over. Thread-safe; closed by its {@link Scope}. */
sealed interface Holding extends AutoCloseable permits LentDatabase, OwnServer {

    /** Whose it is. */
    Paddock paddock();

    Database database();

    /** The server, if nobody else uses it. */
    Optional<PostgresServer> server();

    /** What was done through the database's data source. */
    StatementLog statements();

    List<String> serverLog();

    /** An untouched database like the template. */
    Optional<Database> original();

    /** Keeps a copy in a standing server of this name. */
    ServerRecord keep(String name, Duration ttl);

    @Override
    void close();
}
