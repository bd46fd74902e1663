package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.contract.DifferenceContract;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.EngineUnderTest;
import dev.paddock.contract.LeaseContract;
import dev.paddock.contract.ServerContract;
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.StandingServerContract;
import dev.paddock.contract.StatementLogContract;
import dev.paddock.lease.LeaseSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** What the contract says of data, where that is in the containers' own copy-on-write layers, as that of large snapshots is. */
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
    final class Snapshots extends SnapshotContract {}

    @Nested
    final class StandingServers extends StandingServerContract {}

    @Nested
    final class Leases extends LeaseContract {}

    @Nested
    final class StatementLogs extends StatementLogContract {}

    @Nested
    final class Differences extends DifferenceContract {}
}
