package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.SessionsContract;
import dev.paddock.lease.LeaseSettings;

/** Scripts, and the sessions that they run in, on an embedded server. */
final class ScriptsTest extends SessionsContract {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("overlay", EngineContract.sharedHome(), settings);
    }
}
