package dev.paddock.docker;

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
final class Networks {
    private static final String KIND = "network";
    /** Whoever makes one has this long to start something on it. */
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private Networks() {}

    /** @param standing whether it may outlive this process */
    static void ensure(DockerClient client, Ours ours, String name, boolean standing) {
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
    static void leave(DockerClient client, Ours ours, String name) {
        try {
            Network network = client.inspectNetworkCmd().withNetworkId(name).exec();
            if (ours.isOurs(network.getLabels()) && !network.getLabels().containsKey(Ours.STACK)) {
                client.removeNetworkCmd(network.getId()).exec();
            }
        } catch (NotFoundException gone) {
            // By somebody else who left it last.
        } catch (DockerException inUse) {
            // Whoever leaves it last removes it; if that is nobody of ours, it is swept up later.
        }
    }

    /** Removes those that are no process's and no server's any more. */
    static void sweep(DockerClient client, Ours ours) {
        List<Network> networks = client.listNetworksCmd()
                .withFilter("label", List.of(Ours.KIND + "=" + KIND, Ours.HOME + "=" + ours.home()))
                .exec();
        for (Network network : networks) {
            Map<String, String> labels = network.getLabels();
            boolean forgotten = !labels.containsKey(Ours.OWNER)
                    && network.getCreated().toInstant().isBefore(Instant.now().minus(UNUSED));
            if (!labels.containsKey(Ours.STACK) && (forgotten || ours.isOrphan(labels))) {
                leave(client, ours, network.getId());
            }
        }
    }
}
