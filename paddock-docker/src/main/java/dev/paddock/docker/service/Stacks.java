package dev.paddock.docker.service;

import dev.paddock.closing.Closer;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Ours;
import dev.paddock.engine.EngineService;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The stacks of one engine. Closing it ends those that this process owns. Thread-safe. */
public final class Stacks {
    private final Containers containers;
    private final Ours ours;
    private final PaddockHome home;
    private final ServiceImages images;
    private final ServiceSnapshots snapshots;
    private final Set<DockerStack> open = ConcurrentHashMap.newKeySet();

    public Stacks(Containers containers, Ours ours, PaddockHome home, Progress progress) {
        this.containers = containers;
        this.ours = ours;
        this.home = home;
        this.images = new ServiceImages(containers.client(), home, ours, progress);
        this.snapshots = new ServiceSnapshots(containers, ours, home, images, progress);
    }

    public DockerStack open(boolean standing, Optional<Duration> ttl) {
        DockerStack stack = new DockerStack(containers, ours, home, images, snapshots, standing, ttl);
        open.add(stack);
        return stack;
    }

    /** The services of a standing one. */
    public List<EngineService> services(String id) {
        return containers.ofStack(id, DockerStack.KIND).stream()
                .<EngineService>map(each -> StandingService.of(containers, each))
                .sorted(Comparator.comparing(EngineService::name))
                .toList();
    }

    /** Ends a standing one. */
    public void end(String id) {
        containers.removeStack(id);
        StackNetwork.remove(containers.client(), id);
    }

    public void close() {
        Closer.closeAll(open.stream().<Runnable>map(stack -> stack::close).toList());
    }
}
