package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.contract.EngineContract;
import dev.paddock.contract.SessionsContract;
import dev.paddock.lease.LeaseSettings;

/** Scripts, and the sessions that they run in, on a server in a container. */
final class ScriptsTest extends SessionsContract {
    @Override
    public Paddock open(LeaseSettings settings) {
        return Engines.storedAs("auto", EngineContract.sharedHome(), settings);
    }
}
