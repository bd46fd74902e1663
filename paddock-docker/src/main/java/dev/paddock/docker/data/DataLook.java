package dev.paddock.docker.data;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
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
import java.util.Map;
import java.util.Optional;

/** Looks at data that was there before Paddock: what it is, and who uses it. Changes nothing. */
record DataLook(Containers containers) {
    static final String INSIDE = "/look";

    /**
     * Nobody vouches for the image, nor for what is in the place. So the engine itself tells whose the data is; only then something is run, which can do no
     * more than the server that is to work there.
     *
     * @param source the name of a volume, or the path of a folder
     * @param image of whatever has a shell
     */
    FoundData.Look at(String source, String image) {
        DataOwner found = DataOwner.in(source, image, containers);
        if (found.owner().isEmpty()) {
            return new FoundData.Look(found.entries(), List.of(), false, List.of());
        }
        Owner owner = found.owner().get();
        if (owner.uid() == 0) {
            throw new PaddockException(
                    "the data in " + source + " belongs to root, as whom PostgreSQL refuses to run",
                    "give it to the account that PostgreSQL has in its image");
        }
        FoundData.Look told = told(source, image, owner);
        if (!told.data().isEmpty() || !source.startsWith("/") || found.path().isEmpty()) {
            return told;
        }
        // What is above the data is closed to whom it belongs to.
        FoundData.Look nearer = told(source + "/" + found.path(), image, owner);
        return new FoundData.Look(
                found.entries(),
                List.of(),
                false,
                nearer.data().stream()
                        .filter(each -> each.path().isEmpty())
                        .map(each -> each.behindClosed(found.path()))
                        .toList());
    }

    private FoundData.Look told(String source, String image, Owner owner) {
        CreateContainerCmd look = containers.unprivileged(image, owner, "look", Script.LOOK.command());
        HostConfig host = Containers.hostConfig(look).withNetworkMode("none").withReadonlyRootfs(true);
        HostPaths.bind(host, List.of(bind(source)));
        return FoundData.read(
                containers.run(look, "a look at " + source).lines().toList(), owner);
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

    /**
     * Of a volume that is to be filled anew: another process may be filling it by way of a container that doesn't run yet.
     *
     * @throws PaddockException if there is such a container
     */
    void requireNobodyComing(String where, String volume) {
        for (com.github.dockerjava.api.model.Container each : containers
                .client()
                .listContainersCmd()
                .withStatusFilter(List.of("created"))
                .exec()) {
            if (each.getMounts().stream().anyMatch(mount -> volume.equals(mount.getName()))) {
                throw new PaddockException(
                        where + " is being filled by way of the container " + name(each)
                                + ", or was when its process was killed",
                        "try again when that is done; if nobody fills it any more, remove that container with: docker rm "
                                + name(each));
            }
        }
    }

    private Optional<String> userOf(Path folder) {
        Map<String, Path> devices = Volumes.folders(containers.client());
        for (com.github.dockerjava.api.model.Container each :
                containers.client().listContainersCmd().exec()) {
            for (ContainerMount mount : each.getMounts()) {
                if (Boolean.TRUE.equals(mount.getRw()) && overlap(folder, mount, devices)) {
                    return Optional.of(name(each));
                }
            }
        }
        return Optional.empty();
    }

    private boolean overlap(Path folder, ContainerMount mount, Map<String, Path> devices) {
        Optional<Path> source =
                Optional.ofNullable(mount.getName()).map(devices::get).or(() -> place(mount));
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
