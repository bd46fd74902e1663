package dev.paddock.embedded.installation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An installation that also has the extensions of some folders, if the server is started with these settings added.
 *
 * @param tree the folder in the cache that they were copied to
 */
public record Extended(Installation installation, Optional<Path> tree, Map<String, String> settings) {
    public Extended {
        settings = Map.copyOf(settings);
    }
}
