package dev.paddock.embedded;

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
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.StandingServerContract;
import dev.paddock.contract.StatementLogContract;
import dev.paddock.contract.TemplateContract;
import dev.paddock.lease.LeaseSettings;
import org.junit.jupiter.api.Nested;

/** The contract on overlays in memory. */
final class OverlayTest implements EngineUnderTest {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("overlay", EngineContract.sharedHome(), settings);
    }

    @Override
    public int leasesPerThread() {
        return Often.times(40);
    }

    @Override
    public boolean serversNeedTheirSnapshot() {
        return true;
    }

    @Nested
    final class Servers extends ServerContract {}

    @Nested
    final class Snapshots extends SnapshotContract {}

    @Nested
    final class StandingServers extends StandingServerContract {}

    @Nested
    @SameForEveryUser
    final class Leases extends LeaseContract {}

    @Nested
    final class Eviction extends EvictionContract {}

    @Nested
    @SameForEveryUser
    final class Templates extends TemplateContract {}

    @Nested
    final class Configurations extends ConfigurationContract {}

    @Nested
    @SameForEveryUser
    final class StatementLogs extends StatementLogContract {}

    @Nested
    @SameForEveryUser
    final class Migrations extends MigrationContract {}

    @Nested
    @SameForEveryUser
    final class Differences extends DifferenceContract {}

    @Nested
    @SameForEveryUser
    final class ServerPools extends ServerPoolContract {}

    @Nested
    @SameForEveryUser
    final class ForeignData extends ForeignDataContract {}
}
