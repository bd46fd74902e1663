package dev.paddock.docker.server;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.HostOptions;
import dev.paddock.docker.container.Networks;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.container.PackedData;
import dev.paddock.docker.container.Script;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.data.Placement;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine is to be told of a server's container: all that its spec says, on top of what is Paddock's own.
 *
 * @param image the image that its PostgreSQL is of
 */
public record ServerContainer(
        Containers containers,
        ImageFacts image,
        Placement placement,
        ContainerSpec wanted,
        Optional<Duration> ttl,
        boolean standing) {
    /**
     * @param home whose it is
     * @param imageName what it is made of
     * @param port where the host is to reach it, if it is
     * @param inside where it listens
     * @param arguments of PostgreSQL's
     */
    CreateContainerCmd describe(
            PaddockHome home, String imageName, OwnFolder own, int port, int inside, List<String> arguments) {
        CreateContainerCmd create = containers
                .unprivileged(imageName, placement.owner(image), "server", command(arguments))
                .withEnv(variables());
        create.withLabels(labels(create, own));
        HostConfig host = Containers.hostConfig(create)
                .withShmSize(ContainerSpec.POSTGRES_SHARED_MEMORY.bytes())
                .withCapAdd(HostOptions.capabilities(wanted.capabilities()).toArray(Capability[]::new));
        Volumes.ensure(containers.client(), containers.ours(), wanted.mounts());
        HostOptions.apply(host, wanted, placement.binds(), placement.memory());
        own.bindTo(host);
        placement.unpacked().ifPresent(archive -> PackedData.showTo(host, archive));
        Volumes.own(host, containers.ours(), image.volumes());
        if (wanted.published()) {
            create.withExposedPorts(ExposedPort.tcp(inside));
            host.withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":" + inside));
        }
        wanted.network().ifPresent(network -> {
            Networks.ensure(containers.client(), containers.ours(), home, network, standing);
            host.withNetworkMode(network);
            create.withAliases(wanted.aliases());
        });
        wanted.health().ifPresent(check -> create.withHealthcheck(health(check)));
        // One that nobody owns tells how it ended until somebody removes it, unless it is to be gone when its time is
        // over.
        if (standing && ttl.isEmpty()) {
            host.withAutoRemove(false);
        }
        if (!wanted.restart().equals(dev.paddock.model.RestartPolicy.NEVER)) {
            // Removed by whoever stops it; the engine does either the one or the other.
            host.withAutoRemove(false).withRestartPolicy(restart(wanted.restart()));
        }
        return create;
    }

    private List<String> command(List<String> arguments) {
        List<String> command = Script.SERVER.command(
                placement.data(),
                ttl.map(time -> Long.toString(Math.max(1, time.toSeconds()))).orElse(""),
                placement.ending(),
                logged());
        command.addAll(arguments);
        return command;
    }

    /** Whoever owns it reads its log in the folder; of one that stands alone the engine keeps what it is told to. */
    private String logged() {
        if (standing) {
            return "output";
        }
        return wanted.log().isPresent() ? "both" : "folder";
    }

    private Map<String, String> labels(CreateContainerCmd create, OwnFolder own) {
        Map<String, String> labels =
                new HashMap<>(Ours.with(java.util.Objects.requireNonNull(create.getLabels()), wanted.labels()));
        labels.put(Ours.FOLDER, own.path().toString());
        // That it is of a stack is said by the stack.
        labels.put(Ours.STACK, Ours.said(wanted.labels(), Ours.STACK));
        if (!standing) {
            labels.put(Ours.OWNED, Ours.YES);
        }
        placement.disk().ifPresent(disk -> labels.put(Ours.DATA, disk.path().toString()));
        return labels;
    }

    private List<String> variables() {
        List<String> variables = new ArrayList<>();
        variables.add("PGDATA=" + placement.data());
        wanted.environment().forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }

    private static com.github.dockerjava.api.model.HealthCheck health(HealthCheck check) {
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(check.command());
        return new com.github.dockerjava.api.model.HealthCheck()
                .withTest(test)
                .withInterval(check.interval().toNanos())
                .withTimeout(check.timeout().toNanos())
                .withRetries(check.retries())
                .withStartPeriod(check.startPeriod().toNanos());
    }

    private static RestartPolicy restart(dev.paddock.model.RestartPolicy policy) {
        return switch (policy.when()) {
            case NEVER -> RestartPolicy.noRestart();
            case ALWAYS -> RestartPolicy.alwaysRestart();
            case UNLESS_STOPPED -> RestartPolicy.unlessStoppedRestart();
            case ON_FAILURE -> RestartPolicy.onFailureRestart(policy.attempts().orElse(0));
        };
    }
}
