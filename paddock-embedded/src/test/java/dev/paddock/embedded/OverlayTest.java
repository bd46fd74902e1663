package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.contract.DifferenceContract;
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
final class OverlayTest {
    @Nested
    final class Servers extends ServerContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class Snapshots extends SnapshotContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class StandingServers extends StandingServerContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class Leases extends LeaseContract {
        @Override
        protected Paddock open(LeaseSettings settings) {
            return Engines.storedAs("overlay", sharedHome(), settings);
        }

        @Override
        protected int leasesPerThread() {
            // A second pass over the same code on the same machine says so.
            return Integer.getInteger("paddock.test.leases", 500);
        }
    }

    @Nested
    final class Eviction extends EvictionContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }

        @Override
        protected boolean serversNeedTheirSnapshot() {
            return true;
        }
    }

    @Nested
    final class Templates extends TemplateContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class StatementLogs extends StatementLogContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class Migrations extends MigrationContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class Differences extends DifferenceContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class ServerPools extends ServerPoolContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }

    @Nested
    final class ForeignData extends ForeignDataContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("overlay", sharedHome());
        }
    }
}
