package dev.paddock.docker.service;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.content.Content;
import dev.paddock.content.ContentDigest;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.docker.container.Container;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Ours;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.image.LayeredImage;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServiceData;
import dev.paddock.model.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Services' data as images: the service's image, and on top of it what the service wrote while it was restored into and shut down. Made once per
 * content of all that goes into it; each container of it begins with the data, and nothing is copied before it is written to. Thread-safe, and
 * shared by any number of processes.
 */
final class ServiceSnapshots {
    private static final String REPOSITORY = "paddock/service";
    private static final String KIND = "service-snapshot";
    private static final int TO_SHUT_DOWN_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** Ended by itself when it was told to, or by the signal. */
    private static final Set<Long> IN_ORDER = Set.of(0L, 130L, 143L);

    private final Containers containers;
    private final Ours ours;
    private final PaddockHome home;
    private final ServiceImages images;
    private final Progress progress;

    ServiceSnapshots(Containers containers, Ours ours, PaddockHome home, ServiceImages images, Progress progress) {
        this.containers = containers;
        this.ours = ours;
        this.home = home;
        this.images = images;
        this.progress = progress;
    }

    /** The image of a service with its data; made if nobody has needed it yet. */
    ServiceImage of(
            ServiceSpec spec,
            ServiceData data,
            ServiceImage image,
            String network,
            String postgres,
            Map<String, String> secrets) {
        String tag = key(spec, data, image).substring(0, 32);
        String name = REPOSITORY + ":" + tag;
        Optional<InspectImageResponse> made = images.inspect(name);
        if (made.isEmpty()) {
            try (FileLockScope lock = FileLockScope.acquire(home, "service-" + tag, PATIENCE)) {
                made = images.inspect(name);
                if (made.isEmpty()) {
                    make(new Making(spec, data, image, network, postgres, secrets), name);
                    made = images.inspect(name);
                }
            }
        }
        return image.as(made.orElseThrow());
    }

    /** Of all that makes a difference to the data. Secrets and limits don't. */
    private static String key(ServiceSpec spec, ServiceData data, ServiceImage image) {
        ContentDigest key = new ContentDigest()
                .add("service 1")
                .add(image.id())
                .add(data.path())
                .add(data.at())
                .add(data.restore().toString())
                .add(image.run(spec.entrypoint(), spec.command()).toString())
                .add(new TreeMap<>(spec.container().environment()).toString())
                .add(spec.container().user().toString());
        for (Path file : data.files()) {
            key.add(String.valueOf(file.getFileName())).add(Content.filesOf(file));
        }
        return key.toHex();
    }

    private record Making(
            ServiceSpec spec,
            ServiceData data,
            ServiceImage image,
            String network,
            String postgres,
            Map<String, String> secrets) {}

    private void make(Making making, String name) {
        String activity = "restoring " + making.spec().name();
        progress.advance(activity, 0, 3);
        OwnFolder own = OwnFolder.create(home);
        Optional<RunningService> running = Optional.empty();
        try {
            ServiceImage base = withoutVolume(making.image(), making.data().path());
            ServiceContainer what = new ServiceContainer(containers, ours, making.spec(), base, making.postgres(), own);
            what.writeSecrets(making.secrets());
            CreateContainerCmd create = what.describe(making.network(), KIND, files(making.data()), Optional.empty());
            Containers.hostConfig(create).withAutoRemove(false);
            running = Optional.of(RunningService.start(what, create));
            restore(running.get(), making, activity);
            keep(running.get(), making.image(), name);
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine can't make a snapshot of " + making.spec().name() + ": "
                            + EngineFailure.reason(refused),
                    "look at the free space of the engine with: docker system df",
                    refused);
        } finally {
            progress.advance(activity, 3, 3);
            running.ifPresent(service -> Container.remove(containers.client(), service.id()));
            own.delete();
        }
    }

    private void restore(RunningService service, Making making, String activity) {
        service.awaitReady(making.spec().ready(), making.data().timeout());
        progress.advance(activity, 1, 3);
        if (!making.data().restore().isEmpty()) {
            containers.runInside(service.id(), making.data().restore(), "to restore the data of " + service.name());
        }
        progress.advance(activity, 2, 3);
        containers
                .client()
                .stopContainerCmd(service.id())
                .withTimeout(TO_SHUT_DOWN_SECONDS)
                .exec();
        Long code = containers
                .client()
                .inspectContainerCmd(service.id())
                .exec()
                .getState()
                .getExitCodeLong();
        if (code == null || !IN_ORDER.contains(code)) {
            throw new PaddockException(
                    "the service " + service.name() + " doesn't shut down in order (exit code " + code
                            + "), so its data can't be kept; the last it said is:\n  "
                            + String.join("\n  ", service.lastLogLines(15)),
                    "look at the stop signal of its image");
        }
    }

    /** As the engine's own image of what the container wrote, which runs what the service's image runs. */
    private void keep(RunningService service, ServiceImage image, String name) {
        String committed = containers.client().commitCmd(service.id()).exec();
        try {
            InspectImageResponse layers = images.inspect(committed).orElseThrow();
            Map<String, String> labels = new HashMap<>(ours.lastingLabels(KIND));
            labels.put(Ours.SNAPSHOT, image.reference());
            new LayeredImage(containers.client(), layers)
                    .load(
                            name,
                            config -> {
                                config.withEntrypoint(image.entrypoint().toArray(String[]::new))
                                        .withCmd(image.command().toArray(String[]::new))
                                        .withUser(image.user())
                                        .withHostName("")
                                        .withAttachStdin(false)
                                        .withAttachStdout(false)
                                        .withAttachStderr(false)
                                        .withStdinOpen(false)
                                        .withStdInOnce(false);
                            },
                            labels);
        } finally {
            // Its layers stay as long as the other has them.
            containers.client().removeImageCmd(committed).exec();
        }
    }

    /** The same image, but with that folder in it and not in a volume: what is in volumes is in no image. */
    private ServiceImage withoutVolume(ServiceImage image, String path) {
        Set<String> others = new TreeSet<>(image.volumes());
        others.removeIf(
                volume -> volume.equals(path) || path.startsWith(volume + "/") || volume.startsWith(path + "/"));
        if (others.equals(image.volumes())) {
            return image;
        }
        String name =
                REPOSITORY + "-base:" + ContentDigest.of(image.id() + path).substring(0, 32);
        Map<String, Object> volumes = new HashMap<>();
        others.forEach(volume -> volumes.put(volume, Map.of()));
        new LayeredImage(containers.client(), images.inspect(image.id()).orElseThrow())
                .load(name, config -> config.withVolumes(volumes), ours.lastingLabels(KIND));
        return image.as(images.inspect(name).orElseThrow());
    }

    private static List<Bind> files(ServiceData data) {
        List<Bind> binds = new ArrayList<>();
        for (Path file : data.files()) {
            binds.add(new Bind(
                    file.toAbsolutePath().toString(),
                    new Volume(data.at() + "/" + file.getFileName()),
                    AccessMode.ro,
                    SELContext.none));
        }
        return binds;
    }
}
