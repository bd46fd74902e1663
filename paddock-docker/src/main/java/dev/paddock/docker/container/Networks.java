package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.PaddockException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Networks by the names that users give them. One that isn't there is made, and removed when the last server of Paddock's has left it; one that
 * was there is joined, and stays.
 */
public final class Networks {
    private static final String KIND = "network";
    /** Whoever makes one has this long to start something on it. */
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private Networks() {}

    /** @param standing whether it may outlive this process */
    public static void ensure(DockerClient client, Ours ours, String name, boolean standing) {
        if (exists(client, name)) {
            return;
        }
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

    private static boolean exists(DockerClient client, String name) {
        try {
            client.inspectNetworkCmd().withNetworkId(name).exec();
            return true;
        } catch (NotFoundException none) {
            return false;
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine refuses the network '" + name + "': " + EngineFailure.reason(refused), null, refused);
        }
    }

    /** Removes one that Paddock has made for this user and that nobody is on any more; silent about all others. */
    public static void leave(DockerClient client, Ours ours, String name) {
        try {
            Network network = client.inspectNetworkCmd().withNetworkId(name).exec();
            if (ours.isOurs(network.getLabels()) && !network.getLabels().containsKey(Ours.STACK)) {
                // Whoever leaves it last removes it; if that is nobody of ours, it is swept up later.
                isRemoved(client, network.getId());
            }
        } catch (NotFoundException gone) {
            // By somebody else who left it last.
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
        boolean unused = !labels.containsKey(Ours.OWNER)
                && network.getCreated().toInstant().isBefore(Instant.now().minus(UNUSED));
        return unused || ours.isOrphan(labels);
    }
}
