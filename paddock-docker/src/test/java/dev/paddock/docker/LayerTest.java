package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.contract.DifferenceContract;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.EngineUnderTest;
import dev.paddock.contract.EvictionContract;
import dev.paddock.contract.ForeignDataContract;
import dev.paddock.contract.LeaseContract;
import dev.paddock.contract.ServerContract;
import dev.paddock.contract.ServerPoolContract;
import dev.paddock.contract.SessionsContract;
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.StandingServerContract;
import dev.paddock.contract.StatementLogContract;
import dev.paddock.contract.TemplateContract;
import dev.paddock.lease.LeaseSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/**
 * The contract on data that is in the containers' own copy-on-write layers, as that of large snapshots is. Migrations and URLs, for which it makes no
 * difference where data is, are tried in memory alone.
 */
final class LayerTest implements EngineUnderTest {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("overlay", EngineContract.sharedHome(), settings);
    }

    @Override
    public int leasesPerThread() {
        return 15;
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
            return LayerTest.this.open(settings);
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
    final class StatementLogs extends StatementLogContract {}

    @Nested
    final class Differences extends DifferenceContract {}

    @Nested
    final class ForeignData extends ForeignDataContract {}

    @Nested
    final class Eviction extends EvictionContract {}
}
