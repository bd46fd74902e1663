package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Networks by the names that users give them. One that isn't there is made, and removed when the last server of Paddock's has left it; one that
 * was there is joined, and stays.
 */
public final class Networks {
    private static final String KIND = "network";
    /** Whoever makes one has this long to start something on it. */
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Networks() {}

    /**
     * Makes it if there is none of that name. An engine lets several have the same name, so that only one may be made at a time.
     *
     * @param standing whether it may outlive this process
     */
    public static void ensure(DockerClient client, Ours ours, PaddockHome home, String name, boolean standing) {
        if (exists(client, name)) {
            return;
        }
        try (FileLockScope lock = FileLockScope.acquire(home, "network-" + name, PATIENCE)) {
            if (!exists(client, name)) {
                make(client, ours, name, standing);
            }
        }
    }

    private static void make(DockerClient client, Ours ours, String name, boolean standing) {
        try {
            client.createNetworkCmd()
                    .withName(name)
                    .withDriver("bridge")
                    .withCheckDuplicate(true)
                    .withLabels(standing ? ours.lastingLabels(KIND) : ours.labels(KIND))
                    .exec();
        } catch (DockerException refused) {
            // Somebody may have been quicker.
            if (!exists(client, name)) {
                throw new PaddockException(
                        "the engine can't make the network " + name + ": " + EngineFailure.reason(refused),
                        "see what there is with: docker network ls",
                        refused);
            }
        }
    }

    /** Under this name or id; only those whose name no other has can be joined, also by their id. */
    private static boolean exists(DockerClient client, String name) {
        List<Network> all = named(client, name);
        if (all.isEmpty()) {
            all = find(client, name).map(each -> named(client, each.getName())).orElse(all);
        }
        if (all.size() > 1) {
            throw new PaddockException(
                    "the engine has " + all.size() + " networks called "
                            + all.get(0).getName() + ", and doesn't tell them apart",
                    "remove those that nobody needs, or name another: docker network rm " + ids(all));
        }
        return !all.isEmpty();
    }

    private static Optional<Network> find(DockerClient client, String id) {
        try {
            return Optional.of(client.inspectNetworkCmd().withNetworkId(id).exec());
        } catch (NotFoundException none) {
            return Optional.empty();
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine refuses the network '" + id + "': " + EngineFailure.reason(refused), refused);
        }
    }

    private static List<Network> named(DockerClient client, String name) {
        // The engine's own filter finds those with that name in theirs too.
        return client.listNetworksCmd().withNameFilter(name).exec().stream()
                .filter(network -> name.equals(network.getName()))
                .toList();
    }

    private static String ids(List<Network> networks) {
        return networks.stream()
                .map(network -> network.getId().substring(0, 12))
                .collect(Collectors.joining(" or "));
    }

    /** Removes one that Paddock has made for this user and that nobody is on any more; silent about all others. */
    public static void leave(DockerClient client, Ours ours, String name) {
        for (Network network : named(client, name)) {
            if (ours.isOurs(network.getLabels())
                    && Ours.said(network.getLabels(), Ours.STACK).isEmpty()) {
                // Whoever leaves it last removes it; if that is nobody of ours, it is swept up later.
                isRemoved(client, network.getId());
            }
        }
    }

    /** Whether there is none of that name, or any more. */
    public static boolean isRemoved(DockerClient client, String network) {
        try {
            client.removeNetworkCmd(network).exec();
            return true;
        } catch (NotFoundException gone) {
            return true;
        } catch (DockerException inUse) {
            return false;
        }
    }

    /** Those of Paddock's, a stack's included, whose makers are gone; some may be in use by what stands alone. */
    public static List<Network> forgotten(DockerClient client, Ours ours) {
        return client
                .listNetworksCmd()
                .withFilter("label", List.of(Ours.KIND + "=" + KIND, Ours.HOME + "=" + ours.home()))
                .exec()
                .stream()
                .filter(network -> isForgotten(network, ours))
                .toList();
    }

    private static boolean isForgotten(Network network, Ours ours) {
        Map<String, String> labels = network.getLabels();
        boolean unused = Ours.said(labels, Ours.OWNER).isEmpty()
                && network.getCreated().toInstant().isBefore(Instant.now().minus(UNUSED));
        return unused || ours.isOrphan(labels);
    }
}
