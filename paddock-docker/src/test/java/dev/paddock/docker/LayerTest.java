package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.EngineUnderTest;
import dev.paddock.contract.EvictionContract;
import dev.paddock.contract.ServerContract;
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.StandingServerContract;
import dev.paddock.contract.TemplateContract;
import dev.paddock.lease.LeaseSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/**
 * The contract on data that is in the containers' own copy-on-write layers, as that of large snapshots is. What is the same wherever data is
 * (sessions and scripts, leases, pools, data from elsewhere, migrations, URLs, logs of statements, comparing databases) is tried in memory alone.
 */
final class LayerTest implements EngineUnderTest {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("overlay", EngineContract.sharedHome(), settings);
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
    final class Templates extends TemplateContract {}

    @Nested
    final class Eviction extends EvictionContract {}
}
