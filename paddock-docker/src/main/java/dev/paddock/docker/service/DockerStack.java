package dev.paddock.docker.service;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.ControlGroup;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.server.ContainerServer;
import dev.paddock.engine.EngineServer;
import dev.paddock.engine.EngineService;
import dev.paddock.engine.EngineStack;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Services on a network of their own. */
public final class DockerStack implements EngineStack {
    public static final String KIND = "service";

    private final Containers containers;
    private final Ours ours;
    private final PaddockHome home;
    private final ServiceImages images;
    private final ServiceSnapshots snapshots;
    private final boolean standing;
    private final Optional<Duration> ttl;
    private final String network;
    private final List<RunningService> services = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    DockerStack(
            Containers containers,
            Ours ours,
            PaddockHome home,
            ServiceImages images,
            ServiceSnapshots snapshots,
            boolean standing,
            Optional<Duration> ttl) {
        this.containers = containers;
        this.ours = ours;
        this.home = home;
        this.images = images;
        this.snapshots = snapshots;
        this.standing = standing;
        this.ttl = ttl;
        this.network = StackNetwork.create(containers.client(), ours);
    }

    @Override
    public String id() {
        return network;
    }

    @Override
    public ServerSpec joinedBy(ServerSpec server) {
        ContainerSpec container = server.container();
        if (container.network().isPresent()) {
            throw new InvalidSpecException(
                    "a stack with services has a network of its own, not "
                            + container.network().get(),
                    "leave out the network");
        }
        Map<String, String> labels = new HashMap<>(container.labels());
        labels.put(Ours.STACK, network);
        List<String> names = new ArrayList<>(List.of(ServiceSpec.POSTGRES));
        names.addAll(container.aliases());
        return server.withContainer(container.withLabels(labels).withNetwork(network, names));
    }

    @Override
    public EngineService start(ServiceSpec spec, EngineServer postgres, Map<String, String> secrets) {
        String beside = ((ContainerServer) postgres).place().container();
        ServiceImage image = images.get(spec.image(), spec.container().pull());
        if (spec.data().isPresent()) {
            image = snapshots.of(spec, spec.data().get(), image, network, beside, secrets);
        }
        OwnFolder own = standing ? OwnFolder.createStanding(home, containers.engine()) : OwnFolder.create(home);
        try {
            ServiceContainer what = new ServiceContainer(containers, ours, spec, image, beside, own);
            what.writeSecrets(secrets);
            CreateContainerCmd create = what.reachable(what.describe(network, KIND, List.of(), ttl));
            if (standing && ttl.isEmpty()) {
                // It tells how it ended until somebody removes it.
                Containers.hostConfig(create).withAutoRemove(false);
            }
            RunningService service = RunningService.start(what, create);
            services.add(service);
            service.awaitReady(spec.ready(), spec.startTimeout());
            requireLimits(service, image, spec.container().limits());
            return service;
        } catch (PaddockException failure) {
            services.forEach(each -> {
                if (each.name().equals(spec.name())) {
                    each.end();
                }
            });
            own.delete();
            throw failure;
        }
    }

    /** What the kernel doesn't apply is refused, never ignored; without a shell nobody can look. */
    private void requireLimits(RunningService service, ServiceImage image, ResourceLimits limits) {
        if (image.shell() && !limits.equals(ResourceLimits.NONE)) {
            ControlGroup.of(containers, service.id()).require(limits);
        }
    }

    @Override
    public void detach() {
        services.forEach(RunningService::detach);
        closed.set(true);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        services.parallelStream().forEach(RunningService::end);
        StackNetwork.remove(containers.client(), network);
    }
}
