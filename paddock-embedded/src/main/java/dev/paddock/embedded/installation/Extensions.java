package dev.paddock.embedded.installation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** x. */
public final class Extensions {
    public Extended apply(Installation installation, List<Path> folders) {
        return new Extended(installation, Map.of());
    }
}
