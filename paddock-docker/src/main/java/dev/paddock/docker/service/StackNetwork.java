package dev.paddock.docker.service;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Networks;
import dev.paddock.docker.container.Ours;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Networks of stacks. Nothing is on one but what its stack has started. */
public final class StackNetwork {
    private static final String PREFIX = "paddock-";
    private static final String KIND = "network";
    private static final int ATTEMPTS = 5;
    private static final Duration TO_LEAVE = Duration.ofSeconds(10);

    private StackNetwork() {}

    /**
     * Makes one under a name that nobody has.
     *
     * @return its name
     */
    static String create(DockerClient client, Ours ours) {
        for (int attempt = 1; ; attempt++) {
            byte[] bits = new byte[6];
            new SecureRandom().nextBytes(bits);
            String name = PREFIX + HexFormat.of().formatHex(bits);
            Map<String, String> labels = new HashMap<>(ours.labels(KIND));
            labels.put(Ours.STACK, name);
            try {
                client.createNetworkCmd()
                        .withName(name)
                        .withDriver("bridge")
                        .withCheckDuplicate(true)
                        .withLabels(labels)
                        .exec();
                return name;
            } catch (DockerException refused) {
                if (refused.getHttpStatus() != 409 || attempt == ATTEMPTS) {
                    throw new PaddockException(
                            "the engine can't make a network: " + EngineFailure.reason(refused),
                            "see what there is with: docker network ls",
                            refused);
                }
            }
        }
    }

    /** Removes one as soon as the last has left it; silent if it is gone. */
    static void remove(DockerClient client, String name) {
        Deadline deadline = Deadline.in(TO_LEAVE);
        if (!deadline.await(() -> Networks.isRemoved(client, name))) {
            throw new PaddockException(
                    "the network " + name + " is still used by containers that Paddock hasn't started",
                    "see which with: docker network inspect " + name);
        }
    }
}
