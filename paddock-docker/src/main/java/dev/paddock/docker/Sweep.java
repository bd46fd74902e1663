package dev.paddock.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Networks;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.service.DockerStack;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.ServerRecord;
import dev.paddock.registry.ServerRegistry;
import dev.paddock.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Removes what processes of this user left behind that died before it was started, or while the engine didn't run. */
record Sweep(Containers containers, PaddockHome home) {
    private static final Set<String> RUNNING = Set.of("running", "paused", "restarting");
    /** An engine that is taking a container down still counts it as one of its network's. */
    private static final Duration TO_LEAVE = Duration.ofSeconds(10);

    private static final Duration TO_END = Duration.ofSeconds(30);
    private static final Duration TO_SHUT_DOWN = Duration.ofMinutes(1);

    void run() {
        List<Container> all = all();
        // Judged all at once: to remove one may take a second, and by then another's owner may have let go of it.
        List<Container> orphans = all.stream().filter(this::isOrphan).toList();
        Set<String> stacks = all.stream()
                .filter(each -> isRunning(each) && is(each, "server"))
                .map(Sweep::stack)
                .collect(Collectors.toSet());
        Optional<List<ServerRecord>> records = records();
        for (Container each : orphans) {
            if (!isRunning(each)) {
                if (records.filter(known -> !isRecorded(each, known, stacks)).isPresent()) {
                    remove(each, false);
                }
            } else if (is(each, DockerStack.KIND) && !stacks.contains(stack(each))) {
                // Services end with their server; where that could not tell them, here.
                remove(each, true);
            } else if (Ours.isOwned(each.getLabels())) {
                // Programs in it may have ended what watches there for its owner's end.
                end(each.getId());
                remove(each, true);
            }
        }
        records.ifPresent(known -> endOverdue(known, all));
        Volumes.sweep(containers.client(), containers.ours());
        OwnFolder.sweep(
                home,
                containers.engine(),
                all.stream()
                        .map(each -> Ours.said(each.getLabels(), Ours.FOLDER))
                        .collect(Collectors.toSet()));
        areNetworksRemoved();
    }

    /** Those whose time is over, and whose programs have ended what watches there for that. */
    private void endOverdue(List<ServerRecord> records, List<Container> all) {
        Instant since = Instant.now().minus(TO_END);
        Set<String> running =
                all.stream().filter(Sweep::isRunning).map(Container::getId).collect(Collectors.toSet());
        records.stream()
                .filter(record -> record.until().filter(since::isAfter).isPresent())
                .flatMap(record -> Optional.ofNullable(record.handle().get("container")).stream())
                .filter(running::contains)
                .forEach(this::end);
    }

    /** Data that lasts is shut down in order. */
    private void end(String container) {
        try {
            containers.stop(container, TO_SHUT_DOWN);
        } catch (DockerException refused) {
            LoggerFactory.getLogger(Sweep.class).info("left behind: {}", EngineFailure.reason(refused));
        }
    }

    /** What stands, or has failed and not been removed; absent if that can't be told, and nothing that may be of it is removed. */
    private Optional<List<ServerRecord>> records() {
        try {
            ServerRegistry registry = new ServerRegistry(home, record -> Optional.empty());
            List<ServerRecord> records = registry.list();
            // Of a damaged one nobody knows whose container it was about.
            return registry.damaged().isEmpty() ? Optional.of(records) : Optional.empty();
        } catch (PaddockException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether it is to tell how it ended: a standing server, or a service beside one that runs. */
    private static boolean isRecorded(Container container, List<ServerRecord> records, Set<String> stacks) {
        return records.stream()
                .anyMatch(record -> container.getId().equals(record.handle().get("container"))
                        || (is(container, DockerStack.KIND)
                                && stacks.contains(stack(container))
                                && stack(container).equals(record.handle().get("stack"))));
    }

    /** Waits for those that were in use still. */
    void awaitNetworks() {
        Deadline.in(TO_LEAVE).await(this::areNetworksRemoved);
    }

    /** Those that are nobody's any more. What a container is on that lives, or may be started again, is somebody's. */
    private boolean areNetworksRemoved() {
        Set<String> used = all().stream()
                .filter(each -> isRunning(each) || !isOrphan(each))
                .filter(each -> each.getHostConfig() != null)
                .map(each -> String.valueOf(each.getHostConfig().getNetworkMode()))
                .collect(Collectors.toSet());
        DockerClient client = containers.client();
        boolean none = true;
        for (Network network : Networks.forgotten(client, containers.ours())) {
            if (!used.contains(network.getName()) && !used.contains(network.getId())) {
                none &= Networks.isRemoved(client, network.getId());
            }
        }
        return none;
    }

    private List<Container> all() {
        return Ours.originals(containers
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Ours.HOME + "=" + containers.ours().home()))
                .exec());
    }

    /** One that can't be removed is no reason to leave the others. */
    private void remove(Container container, boolean running) {
        try {
            if (running) {
                dev.paddock.docker.container.Container.remove(containers.client(), container.getId());
            } else {
                dev.paddock.docker.container.Container.removeStopped(containers.client(), container.getId());
            }
        } catch (PaddockException refused) {
            LoggerFactory.getLogger(Sweep.class).info("left behind: {}", refused.getMessage());
        }
    }

    private boolean isOrphan(Container container) {
        return containers.ours().isOrphan(container.getLabels());
    }

    private static boolean isRunning(Container container) {
        return RUNNING.contains(container.getState());
    }

    private static boolean is(Container container, String kind) {
        return kind.equals(container.getLabels().get(Ours.KIND));
    }

    private static String stack(Container container) {
        return Ours.said(container.getLabels(), Ours.STACK);
    }
}
