package dev.paddock.embedded.installation;

import java.util.Map;

/** An installation that also has the extensions of some folders, if the server is started with these settings added. */
public record Extended(Installation installation, Map<String, String> settings) {
    public Extended {
        settings = Map.copyOf(settings);
    }
}
