package dev.paddock.docker;

import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Readiness;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServicePort;
import dev.paddock.model.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A service as a test describes it, piece by piece. */
final class Draft {
    private final String name;
    private ContainerSpec container;
    private Optional<List<String>> command = Optional.empty();
    private List<ServicePort> ports = List.of();
    private Set<String> secrets = Set.of();
    private Set<String> dependsOn = Set.of();
    private Readiness ready = new Readiness.AsImageSays();
    private Duration timeout = ServiceSpec.PATIENCE;
    private Optional<ServiceData> data = Optional.empty();

    Draft(String name, String image) {
        this.name = name;
        this.container = ContainerSpec.DEFAULT.withImage(image).withPull(dev.paddock.model.PullPolicy.MISSING);
    }

    Draft command(String... words) {
        command = Optional.of(List.of(words));
        return this;
    }

    Draft ports(int inside) {
        return port(new ServicePort(inside, OptionalInt.empty()));
    }

    Draft port(ServicePort port) {
        ports = List.of(port);
        return this;
    }

    Draft secrets(String... names) {
        secrets = Set.of(names);
        return this;
    }

    Draft dependsOn(String... names) {
        dependsOn = Set.of(names);
        return this;
    }

    Draft ready(Readiness how) {
        ready = how;
        return this;
    }

    Draft within(Duration time) {
        timeout = time;
        return this;
    }

    Draft user(String user) {
        container = container.withUser(user);
        return this;
    }

    Draft environment(Map<String, String> variables) {
        container = container.withEnvironment(variables);
        return this;
    }

    Draft memory(String size) {
        container = container.withLimits(new ResourceLimits(
                Optional.of(ByteSize.parse(size)),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalLong.empty()));
        return this;
    }

    Draft sharedMemory(String size) {
        container = container.withSharedMemory(ByteSize.parse(size));
        return this;
    }

    Draft data(ServiceData begin) {
        data = Optional.of(begin);
        return this;
    }

    ServiceSpec spec() {
        return new ServiceSpec(
                name, container, Optional.empty(), command, ports, secrets, dependsOn, ready, timeout, data);
    }
}
