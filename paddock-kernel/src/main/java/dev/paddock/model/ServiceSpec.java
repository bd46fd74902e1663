package dev.paddock.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container beside PostgreSQL that somebody wants. Immutable.
 *
 * @param name by which the others reach it
 * @param container its image, and how that is to be run; the network is the stack's
 * @param entrypoint instead of the image's; none if empty
 * @param command instead of the image's
 * @param ports that the host is to reach
 * @param secrets by name; a file each below {@code /run/secrets}
 * @param dependsOn services that must be ready before it is started; PostgreSQL always is
 * @param ready how it is found out that it works
 * @param startTimeout how long that may take
 * @param data what it begins with; if absent what its image makes of nothing
 */
public record ServiceSpec(
        String name,
        ContainerSpec container,
        Optional<List<String>> entrypoint,
        Optional<List<String>> command,
        List<ServicePort> ports,
        Set<String> secrets,
        Set<String> dependsOn,
        Readiness ready,
        Duration startTimeout,
        Optional<ServiceData> data) {
    /** The name by which services reach PostgreSQL. */
    public static final String POSTGRES = "postgres";

    private static final Set<String> OF_POSTGRES = Set.of(POSTGRES, "primary", "node1");

    /** The secret that holds PostgreSQL's password. */
    public static final String POSTGRES_PASSWORD = "postgres_password";

    /** Time enough to start, where none is named. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    public ServiceSpec {
        requireName(name);
        entrypoint = entrypoint.map(List::copyOf);
        command = command.map(List::copyOf);
        ports = List.copyOf(ports);
        secrets = Set.copyOf(secrets);
        dependsOn = Set.copyOf(dependsOn);
        if (container.image().isEmpty()) {
            throw new InvalidSpecException(
                    "the service " + name + " has no image", "name the image that it is a container of");
        }
        data.ifPresent(begin -> requireApart(container, begin.path()));
    }

    private static void requireApart(ContainerSpec container, String data) {
        Path place = Path.of(data).normalize();
        for (Mount mount : container.mounts()) {
            Path target = Path.of(mount.target()).normalize();
            if (target.startsWith(place) || place.startsWith(target)) {
                throw new InvalidSpecException(
                        "what is mounted at " + target + " would hide the data at " + place
                                + " that the service begins with",
                        "leave out either");
            }
        }
    }

    /** A container of this image as it is. */
    public static ServiceSpec of(String name, String image) {
        return new ServiceSpec(
                name,
                ContainerSpec.DEFAULT.withImage(image),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Set.of(),
                new Readiness.AsImageSays(),
                PATIENCE,
                Optional.empty());
    }

    /** Of the image that it is a container of. */
    public String image() {
        return container.image().orElseThrow();
    }

    private static void requireName(String name) {
        if (!name.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new InvalidSpecException(
                    "'" + name + "' can't be the name of a service",
                    "use up to 63 small letters, digits and dashes, a letter first: it is a name on a network");
        }
        if (OF_POSTGRES.contains(name)) {
            throw new InvalidSpecException(
                    "a service can't be called " + name + ", which is PostgreSQL's own name", "choose another");
        }
    }
}
