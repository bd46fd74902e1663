package dev.paddock.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.paddock.docker.container.Networks;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.service.DockerStack;
import dev.paddock.docker.service.StackNetwork;
import dev.paddock.home.PaddockHome;
import dev.paddock.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes what processes of this user left behind that died before it was started, or while the engine didn't run. */
record Sweep(DockerClient client, Ours ours, PaddockHome home) {
    private static final Set<String> RUNNING = Set.of("running", "paused", "restarting");
    /** An engine that is taking a container down still counts it as one of its network's. */
    private static final Duration TO_LEAVE = Duration.ofSeconds(10);

    void run() {
        List<Container> all = client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Ours.HOME + "=" + ours.home()))
                .exec();
        all.stream()
                .filter(each -> !isRunning(each) && ours.isOrphan(each.getLabels()))
                .forEach(this::remove);
        Set<String> stacks = all.stream()
                .filter(each -> isRunning(each) && is(each, "server"))
                .map(Sweep::stack)
                .collect(Collectors.toSet());
        // Services end with their server; where that could not tell them, here.
        all.stream()
                .filter(each -> is(each, DockerStack.KIND) && !stacks.contains(stack(each)))
                .filter(each -> ours.isOrphan(each.getLabels()))
                .forEach(this::remove);
        OwnFolder.sweep(
                home,
                all.stream()
                        .map(each -> each.getLabels().getOrDefault(Ours.FOLDER, ""))
                        .collect(Collectors.toSet()));
        Deadline.in(TO_LEAVE).await(() -> StackNetwork.sweep(client, ours) && Networks.sweep(client, ours));
    }

    private void remove(Container container) {
        dev.paddock.docker.container.Container.remove(client, container.getId());
    }

    private static boolean isRunning(Container container) {
        return RUNNING.contains(container.getState());
    }

    private static boolean is(Container container, String kind) {
        return kind.equals(container.getLabels().get(Ours.KIND));
    }

    private static String stack(Container container) {
        return container.getLabels().getOrDefault(Ours.STACK, "");
    }
}
