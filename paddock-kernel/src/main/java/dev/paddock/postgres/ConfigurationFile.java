package dev.paddock.postgres;

import java.util.List;

/**
 * A file that a server is configured by. It stands in a folder that the server reads and can't write to.
 *
 * @param isSecret whether PostgreSQL refuses it where others than its own account may read it
 */
public record ConfigurationFile(String name, List<String> lines, boolean isSecret) {
    public ConfigurationFile {
        lines = List.copyOf(lines);
    }

    ConfigurationFile(String name, List<String> lines) {
        this(name, lines, false);
    }
}
