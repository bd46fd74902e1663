package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.Progress;

/** The embedded engine as tests want it. */
final class Engines {
    private Engines() {}

    /** With its storage forced. */
    static Paddock storedAs(String method, PaddockHome home) {
        return storedAs(method, home, LeaseSettings.DEFAULT);
    }

    static Paddock storedAs(String method, PaddockHome home, LeaseSettings leases) {
        System.setProperty("paddock.storage", method);
        return Paddock.open("embedded", home, Progress.NONE, leases);
    }
}
