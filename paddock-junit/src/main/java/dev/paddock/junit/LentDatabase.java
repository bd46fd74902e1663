package dev.paddock.junit;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.evidence.LoggedStatement;
import dev.paddock.lease.Lease;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A database from a pool. */
record LentDatabase(Paddock paddock, Lease lease) implements Holding {

    @Override
    public Database database() {
        return lease.database();
    }

    @Override
    public Optional<PostgresServer> server() {
        return Optional.empty();
    }

    @Override
    public List<LoggedStatement> statements() {
        return lease.statements().entries();
    }

    @Override
    public long forgotten() {
        return lease.statements().dropped();
    }

    @Override
    public List<String> serverLog() {
        return lease.serverLog();
    }

    @Override
    public Optional<Database> original() {
        return lease.original();
    }

    @Override
    public Optional<ServerRecord> keep(String name, Duration ttl) {
        return lease.isReadOnly() ? Optional.empty() : Optional.of(paddock.keep(lease, name, ttl));
    }

    @Override
    public void close() {
        lease.close();
    }
}
