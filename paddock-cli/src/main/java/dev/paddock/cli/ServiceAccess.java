package dev.paddock.cli;

import dev.paddock.engine.EngineService;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a service is reached, for programs and for people. */
final class ServiceAccess {
    private ServiceAccess() {}

    /** For a person. */
    static String describe(EngineService service) {
        String ports = service.ports().entrySet().stream()
                .map(port -> port.getKey() + " on 127.0.0.1:" + port.getValue())
                .collect(Collectors.joining(", "));
        return "beside it " + service.name() + (ports.isEmpty() ? "" : ", port " + ports);
    }

    /** {@code PADDOCK_CACHE_HOST}, {@code PADDOCK_CACHE_PORT} for the first, {@code PADDOCK_CACHE_PORT_6379} for each. */
    static Map<String, String> environment(EngineService service) {
        String name = "PADDOCK_" + service.name().toUpperCase(Locale.ROOT).replace('-', '_');
        Map<String, String> variables = new LinkedHashMap<>();
        service.ports().forEach((inside, outside) -> {
            variables.put(name + "_HOST", "127.0.0.1");
            variables.putIfAbsent(name + "_PORT", outside.toString());
            variables.put(name + "_PORT_" + inside, outside.toString());
        });
        return variables;
    }
}
