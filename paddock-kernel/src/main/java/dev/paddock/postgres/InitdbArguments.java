package dev.paddock.postgres;

import dev.paddock.model.DataFormat;
import java.util.ArrayList;
import java.util.List;

/** What initdb is told of a format. */
public final class InitdbArguments {
    private InitdbArguments() {}

    /** In the order that initdb reads them; whose the data is to be called is the engine's to add. */
    public static List<String> of(int major, DataFormat format) {
        List<String> arguments = new ArrayList<>(List.of(
                "--no-sync",
                "--no-instructions",
                // Paddock's own rules stand outside of the data directory; these are for whoever runs it without
                // Paddock.
                "--auth-local=peer",
                "--auth-host=scram-sha-256",
                "--encoding=" + format.encoding(),
                "--wal-segsize=" + format.walSegment().megabytes()));
        int colon = format.locale().indexOf(':');
        if (colon < 0) {
            arguments.add("--locale=" + format.locale());
        } else {
            String provider = format.locale().substring(0, colon);
            arguments.add("--locale=C");
            arguments.add("--locale-provider=" + provider);
            arguments.add("--" + provider + "-locale=" + format.locale().substring(colon + 1));
        }
        if (format.checksums()) {
            arguments.add("--data-checksums");
        } else if (major >= 18) {
            arguments.add("--no-data-checksums");
        }
        return arguments;
    }
}
