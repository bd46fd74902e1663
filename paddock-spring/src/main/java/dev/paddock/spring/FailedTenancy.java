package dev.paddock.spring;

import dev.paddock.Paddock;
import dev.paddock.database.Database;
import dev.paddock.evidence.LoggedStatement;
import dev.paddock.failure.FailedDatabase;
import dev.paddock.lease.Lease;
import dev.paddock.registry.ServerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A context's database after a test that failed.
 *
 * @param untouched as the database was when the context had started; closed with this
 * @param since when the test began: what others did before isn't told
 */
record FailedTenancy(Paddock paddock, Lease lease, Lease untouched, Instant since)
        implements FailedDatabase, AutoCloseable {

    @Override
    public Database database() {
        return lease.database();
    }

    @Override
    public List<LoggedStatement> statements() {
        return lease.statements().entries().stream()
                .filter(each -> !each.at().isBefore(since))
                .toList();
    }

    @Override
    public long forgotten() {
        return statements().size() < lease.statements().entries().size()
                ? 0
                : lease.statements().dropped();
    }

    @Override
    public List<String> serverLog() {
        return lease.serverLog();
    }

    @Override
    public Optional<Database> original() {
        return Optional.of(untouched.database());
    }

    @Override
    public Optional<ServerRecord> keep(String name, Duration ttl) {
        return Optional.of(paddock.keep(lease, name, ttl));
    }

    @Override
    public void close() {
        untouched.close();
    }
}
