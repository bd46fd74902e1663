package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.contract.EngineContract;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;

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

    /** A new home that needs not unpack PostgreSQL first. */
    static PaddockHome homeWithPostgres(Path folder) throws Exception {
        try (Paddock paddock = storedAs("overlay", EngineContract.sharedHome())) {
            paddock.start(ServerSpec.create()).close();
        }
        PaddockHome home = PaddockHome.under(folder);
        Path installations = EngineContract.sharedHome().cacheFolder("installations");
        Process copy = new ProcessBuilder("cp", "-a", installations + "/.", home.cacheFolder("installations") + "/")
                .inheritIO()
                .start();
        if (copy.waitFor() != 0) {
            throw new IllegalStateException("can't copy " + installations);
        }
        return home;
    }
}
