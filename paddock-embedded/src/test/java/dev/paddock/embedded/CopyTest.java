package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.contract.EvictionContract;
import dev.paddock.contract.ForeignDataContract;
import dev.paddock.contract.LeaseContract;
import dev.paddock.contract.ServerContract;
import dev.paddock.contract.ServerPoolContract;
import dev.paddock.contract.SnapshotContract;
import dev.paddock.contract.StandingServerContract;
import dev.paddock.contract.TemplateContract;
import dev.paddock.lease.LeaseSettings;
import org.junit.jupiter.api.Nested;

/** The contract on plain copies, without any namespace. */
final class CopyTest {
    @Nested
    final class Servers extends ServerContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("copy", sharedHome());
        }
    }

    @Nested
    final class Snapshots extends SnapshotContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("copy", sharedHome());
        }
    }

    @Nested
    final class StandingServers extends StandingServerContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("copy", sharedHome());
        }
    }

    @Nested
    final class Leases extends LeaseContract {
        @Override
        protected Paddock open(LeaseSettings settings) {
            return Engines.storedAs("copy", sharedHome(), settings);
        }

        @Override
        protected int leasesPerThread() {
            return 20;
        }
    }

    @Nested
    final class Eviction extends EvictionContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("copy", sharedHome());
        }

        @Override
        protected boolean serversNeedTheirSnapshot() {
            return false;
        }
    }

    @Nested
    final class Templates extends TemplateContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("copy", sharedHome());
        }
    }

    @Nested
    final class ServerPools extends ServerPoolContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("copy", sharedHome());
        }
    }

    @Nested
    final class ForeignData extends ForeignDataContract {
        @Override
        protected Paddock open() {
            return Engines.storedAs("copy", sharedHome());
        }
    }
}
