package dev.paddock.docker.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Mount;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Volumes by the names that users give them. What is in one outlives whatever uses it; only one that Paddock has made is ever removed, and only
 * when that is asked for.
 */
public final class Volumes {
    static final String KIND = "volume";
    /** Of one that an image declares. */
    private static final String OF_IMAGE = "image-volume";

    private Volumes() {}

    /**
     * Has the engine label the volumes that an image declares, for it would make them without a name and a label, and leave them when it is restarted
     * or somebody else removes the container. They go with their container; those that were left, with the next {@link #sweep}.
     *
     * @param host with all else that is mounted
     */
    public static void own(HostConfig host, Ours ours, Set<String> declared) {
        Set<String> taken = new HashSet<>();
        Stream.of(host.getBinds() == null ? new Bind[0] : host.getBinds())
                .forEach(bind -> taken.add(bind.getVolume().getPath()));
        List<com.github.dockerjava.api.model.Mount> mounts =
                new ArrayList<>(host.getMounts() == null ? List.of() : host.getMounts());
        mounts.forEach(mount -> taken.add(String.valueOf(mount.getTarget())));
        taken.addAll(host.getTmpFs() == null ? Set.of() : host.getTmpFs().keySet());
        for (String folder : declared) {
            if (!taken.contains(folder)) {
                mounts.add(new com.github.dockerjava.api.model.Mount()
                        .withType(MountType.VOLUME)
                        .withTarget(folder)
                        .withVolumeOptions(new VolumeOptions().withLabels(ours.labels(OF_IMAGE))));
            }
        }
        host.withMounts(mounts);
    }

    /** Removes those of images whose containers are gone without them. */
    public static void sweep(DockerClient client, Ours ours) {
        for (InspectVolumeResponse each : client.listVolumesCmd()
                .withDanglingFilter(true)
                .withFilter("label", List.of(Ours.HOME + "=" + ours.home(), Ours.KIND + "=" + OF_IMAGE))
                .exec()
                .getVolumes()) {
            if (ours.isOrphan(each.getLabels())) {
                try {
                    client.removeVolumeCmd(each.getName()).exec();
                } catch (DockerException inUseStill) {
                    // Left to the next.
                }
            }
        }
    }

    /** Makes those that aren't there yet. */
    public static void ensure(DockerClient client, Ours ours, List<Mount> mounts) {
        for (Mount mount : mounts) {
            if (mount instanceof Mount.Volume volume) {
                ensure(client, ours, volume);
            }
        }
    }

    /**
     * Makes it if there is none of that name.
     *
     * @return whether it was made
     * @throws InvalidSpecException if there is one that is not as it is wanted
     */
    public static boolean ensure(DockerClient client, Ours ours, Mount.Volume wanted) {
        Optional<InspectVolumeResponse> existing = find(client, wanted.name());
        if (existing.isPresent()) {
            requireAlike(existing.get(), wanted);
            return false;
        }
        try {
            var create = client.createVolumeCmd()
                    .withName(wanted.name())
                    .withLabels(Ours.with(ours.lastingLabels(KIND), wanted.labels()))
                    .withDriverOpts(wanted.options());
            wanted.driver().ifPresent(create::withDriver);
            create.exec();
            return true;
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine can't make the volume " + wanted.name() + ": " + EngineFailure.reason(refused),
                    "look at its driver and options",
                    refused);
        }
    }

    private static void requireAlike(InspectVolumeResponse existing, Mount.Volume wanted) {
        String driver = String.valueOf(existing.getDriver());
        if (wanted.driver().isPresent() && !wanted.driver().get().equals(driver)) {
            throw new InvalidSpecException(
                    "there is a volume " + wanted.name() + " of the driver " + driver + " already",
                    "name another, or leave out its driver");
        }
        Map<String, String> options = existing.getOptions() == null ? Map.of() : existing.getOptions();
        if (!options.entrySet().containsAll(wanted.options().entrySet())) {
            throw new InvalidSpecException(
                    "there is a volume " + wanted.name() + " with other options already: " + options,
                    "name another, or leave out its options");
        }
    }

    /** Where it is on the engine's machine: where it is mounted, or the folder that it is another name for. */
    public static Path mountpoint(DockerClient client, String volume) {
        return find(client, volume)
                .map(each -> folder(each).orElseGet(() -> Path.of(String.valueOf(each.getMountpoint()))))
                .orElseThrow(() -> new PaddockException(
                        "the engine has no volume " + volume, "see which it has with: docker volume ls"));
    }

    /** The folders that volumes are other names for, by these names. */
    public static Map<String, Path> folders(DockerClient client) {
        Map<String, Path> folders = new HashMap<>();
        List<InspectVolumeResponse> all = client.listVolumesCmd().exec().getVolumes();
        for (InspectVolumeResponse each : all == null ? List.<InspectVolumeResponse>of() : all) {
            folder(each).ifPresent(folder -> folders.put(each.getName(), folder));
        }
        return folders;
    }

    private static Optional<Path> folder(InspectVolumeResponse volume) {
        Map<String, String> options = volume.getOptions() == null ? Map.of() : volume.getOptions();
        String device = options.getOrDefault("device", "");
        if (!device.startsWith("/")
                || !List.of(options.getOrDefault("o", "").split(",")).contains("bind")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(device).toRealPath());
        } catch (IOException notHere) {
            return Optional.of(Path.of(device).normalize());
        }
    }

    public static Optional<InspectVolumeResponse> find(DockerClient client, String name) {
        try {
            return Optional.of(client.inspectVolumeCmd(name).exec());
        } catch (NotFoundException none) {
            return Optional.empty();
        } catch (DockerException refused) {
            throw new PaddockException(
                    "the engine refuses the volume '" + name + "': " + EngineFailure.reason(refused), refused);
        }
    }

    /** Removes one that Paddock has made for this user, with all that is in it; leaves all others alone. */
    public static void removeIfOurs(DockerClient client, Ours ours, String name) {
        Optional<InspectVolumeResponse> existing = find(client, name);
        if (existing.isEmpty() || !ours.isOurs(existing.get().getLabels())) {
            return;
        }
        try {
            client.removeVolumeCmd(name).exec();
        } catch (NotFoundException gone) {
            // By somebody else.
        } catch (DockerException refused) {
            throw new PaddockException(
                    "can't remove the volume " + name + ": " + EngineFailure.reason(refused),
                    "see who uses it with: docker ps -a --filter volume=" + name,
                    refused);
        }
    }
}
