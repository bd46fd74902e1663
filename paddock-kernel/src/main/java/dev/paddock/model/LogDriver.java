package dev.paddock.model;

import java.util.Map;

/**
 * Where the engine takes a container's output.
 *
 * @param name such as {@code json-file}, {@code local}, {@code journald}, {@code syslog}, {@code none}
 * @param options of that driver, such as {@code max-size}
 */
public record LogDriver(String name, Map<String, String> options) {
    public LogDriver {
        options = Map.copyOf(options);
    }
}
