package dev.paddock.docker.service;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.HostOptions;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.container.Script;
import dev.paddock.docker.container.Volumes;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ServicePort;
import dev.paddock.model.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine is to be told of a service's container. Its image's own entrypoint and command run; with a shell in the image a watcher beside
 * them ends them with their owner, without one they share the process namespace of PostgreSQL's container, and the kernel ends them with that.
 *
 * @param postgres the id of PostgreSQL's container
 * @param own a folder for its secrets
 */
record ServiceContainer(
        Containers containers, Ours ours, ServiceSpec spec, ServiceImage image, String postgres, OwnFolder own) {
    static final String SECRETS = "/run/secrets";

    /** What entrypoints need that prepare folders as root and then become somebody else; nothing that reaches beyond the container. */
    private static final Set<Capability> ENTRYPOINT = Set.of(
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FOWNER,
            Capability.KILL,
            Capability.SETGID,
            Capability.SETUID);

    /**
     * @param stack the network
     * @param more what is bound besides
     */
    CreateContainerCmd describe(String stack, String kind, List<Bind> more, Optional<Duration> ttl) {
        List<String> run = image.run(spec.entrypoint(), spec.command());
        if (run.isEmpty()) {
            throw new InvalidSpecException(
                    "the image " + image.reference() + " says nothing of what is to run in it",
                    "name it: command: [program, argument]");
        }
        HostConfig host = Containers.restricted()
                .withNetworkMode(stack)
                .withCapAdd(capabilities().toArray(Capability[]::new));
        List<Bind> binds = new ArrayList<>(more);
        if (!spec.secrets().isEmpty()) {
            binds.add(new Bind(own.file("secrets").toString(), new Volume(SECRETS), AccessMode.ro, SELContext.single));
        }
        Volumes.ensure(containers.client(), ours, spec.container().mounts());
        HostOptions.apply(host, spec.container(), binds);
        Volumes.own(host, ours, image.volumes());
        CreateContainerCmd create = containers
                .client()
                .createContainerCmd(image.id())
                .withLabels(labels(stack, kind))
                .withEnv(spec.container().environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList())
                .withHostName(spec.name())
                .withHostConfig(host);
        spec.container().user().ifPresent(create::withUser);
        if (image.shell()) {
            host.withInit(true);
            create.withEntrypoint(Script.SERVICE.command(ttl.map(time -> Long.toString(Math.max(1, time.toSeconds())))
                            .orElse("")))
                    .withCmd(run);
        } else {
            host.withPidMode("container:" + postgres);
            create.withEntrypoint(run.subList(0, 1)).withCmd(run.subList(1, run.size()));
        }
        return create;
    }

    /** Reached by the others under its name, and by the host where that is wanted. */
    CreateContainerCmd reachable(CreateContainerCmd create) {
        List<String> names = new ArrayList<>(spec.container().aliases());
        names.add(spec.name());
        List<ExposedPort> exposed = new ArrayList<>();
        List<PortBinding> bindings = new ArrayList<>();
        for (ServicePort port : spec.ports()) {
            ExposedPort inside = ExposedPort.tcp(port.inside());
            exposed.add(inside);
            bindings.add(new PortBinding(
                    port.outside().isPresent()
                            ? Ports.Binding.bindIpAndPort(
                                    "127.0.0.1", port.outside().getAsInt())
                            : Ports.Binding.bindIp("127.0.0.1"),
                    inside));
        }
        Containers.hostConfig(create).withPortBindings(bindings);
        return create.withAliases(names).withExposedPorts(exposed);
    }

    private Map<String, String> labels(String stack, String kind) {
        Map<String, String> labels =
                new HashMap<>(Ours.with(ours.labels(kind), spec.container().labels()));
        labels.put(Ours.STACK, stack);
        labels.put(Ours.SERVICE, spec.name());
        labels.put(Ours.FOLDER, own.path().toString());
        return labels;
    }

    private Set<Capability> capabilities() {
        Set<Capability> kept = new HashSet<>();
        String user = spec.container().user().orElse(image.user()).split(":", 2)[0];
        if (user.isEmpty() || user.equals("root") || user.equals("0")) {
            kept.addAll(ENTRYPOINT);
        }
        kept.addAll(HostOptions.capabilities(spec.container().capabilities()));
        return kept;
    }

    /**
     * Writes secrets where only the container and this user find them: each may be read by whatever user it runs as, but nobody else passes
     * through the folder that they are in.
     */
    void writeSecrets(Map<String, String> secrets) {
        if (secrets.isEmpty()) {
            return;
        }
        try {
            Path folder = Files.createDirectory(own.file("secrets"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                Path file = folder.resolve(secret.getKey());
                Files.writeString(file, secret.getValue());
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            }
        } catch (IOException failure) {
            throw new dev.paddock.model.PaddockException(
                    "can't write the secrets of " + spec.name() + ": " + failure.getMessage(), failure);
        }
    }
}
