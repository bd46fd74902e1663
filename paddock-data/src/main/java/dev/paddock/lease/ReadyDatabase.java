package dev.paddock.lease;

import dev.paddock.database.Database;
import dev.paddock.evidence.StatementLog;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A database that waits for a holder, or has one.
 *
 * @param way how it came to be
 * @param log where the server's log ended when it was made
 */
record ReadyDatabase(
        Cell cell, Way way, ConnectionInfo connection, LeasedSource source, StatementLog statements, long log) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param ahead whether to open a connection that the holder will find open */
    static ReadyDatabase next(Cell cell, Way way, boolean ahead, int statements) {
        ConnectionInfo connection = cell.next(way);
        Database plain = Database.of(connection);
        StatementLog remembered = new StatementLog(statements);
        LeasedSource source = new LeasedSource(plain.dataSource(), remembered, ahead ? opened(plain) : null);
        cell.shareCatalogCache(way);
        return new ReadyDatabase(
                cell, way, connection, source, remembered, cell.server().log().size());
    }

    /** The same, for many who may only read. */
    ReadyDatabase asReadOnly() {
        source.close();
        source.closeLeftOvers();
        ConnectionInfo reader = cell.reader(connection);
        return new ReadyDatabase(
                cell,
                way,
                reader,
                new LeasedSource(Database.of(reader).dataSource(), statements, null),
                statements,
                log);
    }

    /** Ends its connections and its cell. */
    void close() {
        source.close();
        source.closeLeftOvers();
        cell.close();
    }

    private static @Nullable Connection opened(Database database) {
        try {
            return database.open(PATIENCE);
        } catch (SQLException failure) {
            throw new PaddockException(
                    "can't connect to a database that was just made: " + failure.getMessage(), failure);
        }
    }
}
