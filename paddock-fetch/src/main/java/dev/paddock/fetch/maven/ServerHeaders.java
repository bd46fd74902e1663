package dev.paddock.fetch.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The HTTP headers that a server's configuration asks for; hosts with tokens instead of passwords want them. */
final class ServerHeaders {
    private ServerHeaders() {}

    static Optional<Map<String, String>> of(Server server) {
        if (!(server.getConfiguration() instanceof Xpp3Dom configuration)) {
            return Optional.empty();
        }
        Xpp3Dom written = configuration.getChild("httpHeaders");
        if (written == null) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (Xpp3Dom header : written.getChildren()) {
            Xpp3Dom name = header.getChild("name");
            Xpp3Dom value = header.getChild("value");
            if (name != null && value != null) {
                headers.put(name.getValue(), value.getValue());
            }
        }
        return Optional.of(headers);
    }
}
