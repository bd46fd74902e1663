package dev.paddock.contract;

import dev.paddock.Paddock;
import dev.paddock.lease.LeaseSettings;

/** An engine with a way of keeping data. Classes of the contract that are nested in a test that is one are run on it. */
public interface EngineUnderTest {
    /** Opens it anew; closed by the caller. */
    Paddock open(LeaseSettings settings);

    /** How many databases each of eight threads is to use: as many as this storage can do in seconds. */
    default int leasesPerThread() {
        return 8;
    }

    /** Whether servers here go on reading the snapshot that they began as. */
    default boolean serversNeedTheirSnapshot() {
        return false;
    }
}
