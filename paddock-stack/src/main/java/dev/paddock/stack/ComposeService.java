package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Readiness;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServicePort;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service as Compose has it. */
record ComposeService(ServiceSpec spec, StackSpec stack, ComposePaths paths) {

    /** @param remarks gets what Compose can't do as well */
    Map<String, Object> describe(List<String> remarks) {
        ComposeContainer common = new ComposeContainer(spec.container(), paths);
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("image", spec.image());
        spec.entrypoint().ifPresent(words -> service.put("entrypoint", words));
        spec.command().ifPresent(words -> service.put("command", words));
        service.put("init", true);
        if (!spec.container().environment().isEmpty()) {
            service.put("environment", new LinkedHashMap<>(spec.container().environment()));
        }
        if (!spec.secrets().isEmpty()) {
            service.put("secrets", spec.secrets().stream().sorted().toList());
        }
        List<Object> volumes = common.volumes();
        spec.data().ifPresent(data -> restored(data, volumes));
        if (!volumes.isEmpty()) {
            service.put("volumes", volumes);
        }
        if (!common.memory().isEmpty()) {
            service.put("tmpfs", common.memory());
        }
        common.describe(service);
        health(spec).ifPresent(health -> service.put("healthcheck", health.describe()));
        if (spec.ready() instanceof Readiness.Says) {
            remarks.add(
                    "Compose can't wait for what " + spec.name() + " says; whoever depends on it is started at once");
        }
        service.put("depends_on", dependencies());
        if (!spec.ports().isEmpty()) {
            service.put(
                    "ports",
                    spec.ports().stream().map(ComposeService::published).toList());
        }
        return service;
    }

    private static String published(ServicePort port) {
        String outside =
                port.outside().isPresent() ? Integer.toString(port.outside().getAsInt()) : "";
        return "127.0.0.1:" + outside + ":" + port.inside();
    }

    private void restored(ServiceData data, List<Object> volumes) {
        if (!data.restore().isEmpty()
                && ComposeHealth.of(spec.ready(), spec.startTimeout()).isEmpty()) {
            throw new InvalidSpecException(
                    "Compose can't tell when " + spec.name() + " is ready for its data to be restored",
                    "say it with ready: a port, a command or http");
        }
        for (Path file : data.files()) {
            volumes.add(paths.seen(file) + ":" + data.at() + "/" + file.getFileName() + ":ro");
        }
    }

    private Map<String, Object> dependencies() {
        Map<String, Object> dependencies = new LinkedHashMap<>();
        dependencies.put(ServiceSpec.POSTGRES, Map.of("condition", "service_healthy"));
        for (ServiceSpec other : stack.inOrder()) {
            if (spec.dependsOn().contains(other.name())) {
                dependencies.put(
                        other.name(),
                        Map.of("condition", health(other).isPresent() ? "service_healthy" : "service_started"));
            }
        }
        return dependencies;
    }

    private static Optional<ComposeHealth> health(ServiceSpec service) {
        return ComposeHealth.of(service.ready(), service.startTimeout())
                .map(health -> service.data()
                        .filter(data -> !data.restore().isEmpty())
                        .map(health::restoring)
                        .orElse(health));
    }
}
