package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.contract.ConfigurationContract;
import dev.paddock.contract.DifferenceContract;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.EngineUnderTest;
import dev.paddock.contract.EvictionContract;
import dev.paddock.contract.ForeignDataContract;
import dev.paddock.contract.LeaseContract;
import dev.paddock.contract.MigrationContract;
import dev.paddock.contract.ServerContract;
import dev.paddock.contract.ServerPoolContract;
import dev.paddock.contract.SessionsContract;
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.StandingServerContract;
import dev.paddock.contract.StatementLogContract;
import dev.paddock.contract.TemplateContract;
import dev.paddock.jdbc.DriverContract;
import dev.paddock.lease.LeaseSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contract on data that containers unpack into memory, as they do by default. */
final class MemoryTest implements EngineUnderTest {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("copy", EngineContract.sharedHome(), settings);
    }

    @Override
    public int leasesPerThread() {
        return 12;
    }

    @AfterAll
    static void nothingIsLeft() {
        Leftovers.awaitNone();
    }

    @Nested
    final class Servers extends ServerContract {}

    @Nested
    final class Sessions extends SessionsContract {
        @Override
        public Paddock open(LeaseSettings settings) {
            return MemoryTest.this.open(settings);
        }
    }

    @Nested
    final class Snapshots extends SnapshotContract {}

    @Nested
    final class StandingServers extends StandingServerContract {}

    @Nested
    final class Leases extends LeaseContract {}

    @Nested
    final class Templates extends TemplateContract {}

    @Nested
    final class ServerPools extends ServerPoolContract {}

    @Nested
    final class Configurations extends ConfigurationContract {}

    @Nested
    final class StatementLogs extends StatementLogContract {}

    @Nested
    final class Migrations extends MigrationContract {}

    @Nested
    final class Differences extends DifferenceContract {}

    @Nested
    final class ForeignData extends ForeignDataContract {}

    @Nested
    final class Eviction extends EvictionContract {}

    @Nested
    final class Urls extends DriverContract {}
}
