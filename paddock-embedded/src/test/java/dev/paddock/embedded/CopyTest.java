package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.EngineUnderTest;
import dev.paddock.contract.EvictionContract;
import dev.paddock.contract.LeaseContract;
import dev.paddock.contract.ServerContract;
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.StandingServerContract;
import dev.paddock.contract.TemplateContract;
import dev.paddock.lease.LeaseSettings;
import org.junit.jupiter.api.Nested;

/** The contract on plain copies, without any namespace. */
final class CopyTest implements EngineUnderTest {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("copy", EngineContract.sharedHome(), settings);
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
    @SameForEveryUser
    final class Eviction extends EvictionContract {}

    @Nested
    @SameForEveryUser
    final class Templates extends TemplateContract {}
}
