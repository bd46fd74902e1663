package dev.paddock.docker.data;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerMount;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.HostPaths;
import dev.paddock.docker.container.Script;
import dev.paddock.docker.container.Volumes;
import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at data that was there before Paddock: what it is, and who uses it. Changes nothing. */
record DataLook(Containers containers) {
    static final String INSIDE = "/look";

    private static final Owner ROOT = new Owner(0, 0);

    /**
     * @param source the name of a volume, or the path of a folder
     * @param image of whatever has a shell
     */
    FoundData.Look at(String source, String image) {
        CreateContainerCmd look = containers.unprivileged(image, ROOT, "look", Script.LOOK.command());
        HostConfig host = Containers.hostConfig(look)
                .withNetworkMode("none")
                .withReadonlyRootfs(true)
                // Whoever the data belongs to, nobody else may read it.
                .withCapAdd(Capability.DAC_READ_SEARCH);
        HostPaths.bind(host, List.of(bind(source)));
        return FoundData.read(
                containers.run(look, "a look at " + source).lines().toList());
    }

    static Bind bind(String source) {
        return new Bind(source, new Volume(INSIDE), AccessMode.ro);
    }

    /**
     * @param where as users call it
     * @param folder what it is on the engine's machine
     * @throws PaddockException if a running container could write there
     */
    void requireUnused(String where, Path folder) {
        Optional<String> user = userOf(folder);
        if (user.isPresent()) {
            throw new PaddockException(
                    where + " is used by the container " + user.get(),
                    "stop that first, for two servers on the same data destroy it; a clone of a running server is taken"
                            + " from its container");
        }
    }

    private Optional<String> userOf(Path folder) {
        for (com.github.dockerjava.api.model.Container each :
                containers.client().listContainersCmd().exec()) {
            for (ContainerMount mount : each.getMounts()) {
                if (Boolean.TRUE.equals(mount.getRw()) && overlap(folder, mount)) {
                    return Optional.of(name(each));
                }
            }
        }
        return Optional.empty();
    }

    private boolean overlap(Path folder, ContainerMount mount) {
        Optional<Path> source = place(mount);
        return source.isPresent() && (source.get().startsWith(folder) || folder.startsWith(source.get()));
    }

    /** Engines don't tell where a volume is that nobody has given a name. */
    private Optional<Path> place(ContainerMount mount) {
        if (mount.getSource() != null && !mount.getSource().isEmpty()) {
            return Optional.of(Path.of(mount.getSource()));
        }
        return Optional.ofNullable(mount.getName())
                .filter(name -> !name.isEmpty())
                .flatMap(name -> Volumes.find(containers.client(), name))
                .map(volume -> Path.of(String.valueOf(volume.getMountpoint())));
    }

    private static String name(com.github.dockerjava.api.model.Container container) {
        List<String> names = new ArrayList<>(List.of(container.getNames()));
        return names.isEmpty()
                ? container.getId().substring(0, 12)
                : names.get(0).replaceFirst("^/", "");
    }
}
