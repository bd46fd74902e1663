package dev.paddock.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * PostgreSQL and services beside it, on one private network.
 *
 * @param services in any order; they are started in that of {@link #inOrder}
 * @param secrets the file of each by its name
 */
public record StackSpec(ServerSpec postgres, List<ServiceSpec> services, Map<String, Path> secrets) {

    public StackSpec {
        services = List.copyOf(services);
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
        for (ServiceSpec service : services) {
            requireSense(service, services, secrets.keySet());
        }
    }

    /**
     * That all that a service needs is there, and doesn't need the service itself.
     *
     * @throws InvalidSpecException if not
     */
    public static void requireSense(ServiceSpec service, List<ServiceSpec> all, Set<String> secrets) {
        Map<String, ServiceSpec> byName = byName(all);
        requireKnown(service, byName.keySet(), secrets);
        visit(service, byName, new ArrayList<>(), new ArrayList<>());
    }

    /** Nothing but PostgreSQL. */
    public static StackSpec of(ServerSpec postgres) {
        return new StackSpec(postgres, List.of(), Map.of());
    }

    public StackSpec withPostgres(ServerSpec newPostgres) {
        return new StackSpec(newPostgres, services, secrets);
    }

    /** With this service too. */
    public StackSpec with(ServiceSpec service) {
        List<ServiceSpec> more = new ArrayList<>(services);
        more.add(service);
        return new StackSpec(postgres, more, secrets);
    }

    /** Each service after all that it depends on, else as they were given. */
    public List<ServiceSpec> inOrder() {
        return inOrder(services);
    }

    private static List<ServiceSpec> inOrder(List<ServiceSpec> services) {
        List<ServiceSpec> ordered = new ArrayList<>();
        List<String> above = new ArrayList<>();
        Map<String, ServiceSpec> byName = byName(services);
        services.forEach(service -> visit(service, byName, ordered, above));
        return ordered;
    }

    private static void visit(
            ServiceSpec service, Map<String, ServiceSpec> byName, List<ServiceSpec> ordered, List<String> above) {
        if (ordered.contains(service)) {
            return;
        }
        int begin = above.indexOf(service.name());
        above.add(service.name());
        if (begin >= 0) {
            throw new InvalidSpecException(
                    "services wait for each other: " + String.join(" → ", above.subList(begin, above.size())),
                    "let one of them start without the other");
        }
        byName.values().stream()
                .filter(other -> service.dependsOn().contains(other.name()))
                .forEach(other -> visit(other, byName, ordered, above));
        above.remove(above.size() - 1);
        ordered.add(service);
    }

    private static Map<String, ServiceSpec> byName(List<ServiceSpec> services) {
        return services.stream()
                .collect(Collectors.toMap(
                        ServiceSpec::name,
                        Function.identity(),
                        (one, other) -> {
                            throw new InvalidSpecException(
                                    "there are two services " + one.name(), "give one another name");
                        },
                        LinkedHashMap::new));
    }

    private static void requireKnown(ServiceSpec service, Set<String> services, Set<String> secrets) {
        for (String other : service.dependsOn()) {
            if (!services.contains(other)) {
                throw new InvalidSpecException(
                        service.name() + " depends on " + other + ", and there is no such service",
                        Slips.nearest(other, services)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("PostgreSQL needn't be named: it is always ready before"));
            }
        }
        for (String secret : service.secrets()) {
            if (!secret.equals(ServiceSpec.POSTGRES_PASSWORD) && !secrets.contains(secret)) {
                throw new InvalidSpecException(
                        service.name() + " wants the secret " + secret + ", and there is none of that name",
                        Slips.nearest(secret, secrets)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("name its file under secrets"));
            }
        }
    }
}
