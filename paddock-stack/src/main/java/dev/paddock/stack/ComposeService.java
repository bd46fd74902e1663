package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Readiness;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServicePort;
import dev.paddock.model.ServiceSpec;
import dev.paddock.model.StackSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        Optional<List<String>> test = test(spec.ready());
        test.ifPresent(command -> service.put("healthcheck", health(command, spec.startTimeout())));
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

    /** What the image's own start makes its data of needs nothing but to be there. */
    private void restored(ServiceData data, List<Object> volumes) {
        if (!data.restore().isEmpty()) {
            throw new InvalidSpecException(
                    "Compose can't restore the data of " + spec.name() + " by a command in it",
                    "let its image do so when it first starts, as with at: /docker-entrypoint-initdb.d and no restore");
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
                        Map.of("condition", test(other.ready()).isPresent() ? "service_healthy" : "service_started"));
            }
        }
        return dependencies;
    }

    private static Optional<List<String>> test(Readiness ready) {
        if (ready instanceof Readiness.Listens listens) {
            String port = String.format("%04X", listens.port());
            return Optional.of(List.of(
                    "CMD-SHELL",
                    "grep -Eqs '^ *[0-9]+: [0-9A-F]+:" + port
                            + " [0-9A-F]+:[0-9A-F]+ 0A ' /proc/net/tcp /proc/net/tcp6"));
        }
        if (ready instanceof Readiness.Succeeds succeeds) {
            List<String> test = new ArrayList<>(List.of("CMD"));
            test.addAll(succeeds.command());
            return Optional.of(test);
        }
        if (ready instanceof Readiness.Answers answers) {
            String url = "'http://127.0.0.1:" + answers.port() + answers.path().replace("'", "%27") + "'";
            return Optional.of(
                    List.of("CMD-SHELL", "wget -q -O /dev/null " + url + " || curl -fs -o /dev/null " + url));
        }
        return Optional.empty();
    }

    /** Asked often at first, so that nobody waits longer than needed. */
    static Map<String, Object> health(List<String> test, Duration patience) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("test", test);
        health.put("interval", "1s");
        health.put("timeout", "5s");
        health.put("retries", (int) Math.max(3, patience.toSeconds()));
        return health;
    }
}
