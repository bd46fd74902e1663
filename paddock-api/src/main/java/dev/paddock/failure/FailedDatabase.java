package dev.paddock.failure;

import dev.paddock.Paddock;
import dev.paddock.database.Database;
import dev.paddock.evidence.LoggedStatement;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A database that a failed test could have used, while it is still there. */
public interface FailedDatabase {

    /** Whose it is. */
    Paddock paddock();

    Database database();

    /** What the test did through the database's data source, oldest first. */
    List<LoggedStatement> statements();

    /** How many older statements were forgotten. */
    long forgotten();

    List<String> serverLog();

    /** An untouched database as the test found it; only to be read. */
    Optional<Database> original();

    /** Keeps a copy in a standing server of this name; empty if it is shared with others. */
    Optional<ServerRecord> keep(String name, Duration ttl);
}
