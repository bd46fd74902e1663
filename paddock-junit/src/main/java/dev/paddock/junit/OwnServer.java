package dev.paddock.junit;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.evidence.LoggedStatement;
import dev.paddock.evidence.StatementLog;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server that was started for its holder. */
record OwnServer(Paddock paddock, PostgresServer started, Database database, StatementLog log) implements Holding {
    private static final int LOG_LINES = 1000;

    static OwnServer of(Paddock paddock, PostgresServer started, StatementLog statements) {
        Database plain = started.database();
        Database observed = new Database(plain.connection(), new ObservedSource(plain.dataSource(), statements));
        return new OwnServer(paddock, started, observed, statements);
    }

    @Override
    public Optional<PostgresServer> server() {
        return Optional.of(started);
    }

    @Override
    public List<LoggedStatement> statements() {
        return log.entries();
    }

    @Override
    public long forgotten() {
        return log.dropped();
    }

    @Override
    public List<String> serverLog() {
        return started.lastLogLines(LOG_LINES);
    }

    @Override
    public Optional<Database> original() {
        return Optional.empty();
    }

    @Override
    public Optional<ServerRecord> keep(String name, Duration ttl) {
        return Optional.of(paddock.keep(started, name, ttl));
    }

    @Override
    public void close() {
        started.close();
    }
}
