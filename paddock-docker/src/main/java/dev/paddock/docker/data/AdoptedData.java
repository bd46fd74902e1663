package dev.paddock.docker.data;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Images;
import dev.paddock.docker.image.Origin;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Hint;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Term;
import dev.paddock.postgres.DiskFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Data that was there before Paddock, run as it is: with the users, passwords and databases that it has. Nothing is put beside it, and nothing taken
 * away.
 */
final class AdoptedData {
    private final Containers containers;
    private final PaddockHome home;
    private final Images images;
    private final DataLook look;

    AdoptedData(Containers containers, PaddockHome home, Images images) {
        this.containers = containers;
        this.home = home;
        this.images = images;
        this.look = new DataLook(containers);
    }

    /** @throws PaddockException if no server should be started on it */
    HeldData inVolume(String name, FoundData.Look found, ServerSpec spec) {
        String where = "the volume " + name;
        return held(name, where, "--from-volume " + name, found.only(where), spec);
    }

    /** Whether somebody else than Paddock has put something there; what that is isn't known. */
    static boolean isLikely(Path folder) {
        // Paddock's own has a description of it beside the data.
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve("manifest.properties"))) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            // A first start that was killed may have left what is Paddock's without a description.
            return entries.anyMatch(entry -> !DiskFolder.isOwn(entry));
        } catch (AccessDeniedException ofAnotherUser) {
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * A data directory, or a folder with one in it.
     *
     * @return empty if there is none in it
     * @throws PaddockException if no server should be started on it
     */
    Optional<HeldData> inFolder(Path folder, ServerSpec spec) {
        try {
            Path real = folder.toRealPath();
            FoundData.Look found =
                    look.at(real.toString(), images.any(spec.container()).id());
            if (found.data().isEmpty()) {
                return Optional.empty();
            }
            look.requireUnused(folder.toString(), real);
            FoundData data = found.only(folder.toString());
            ExistingCopy.requireNoProcess(real.resolve(data.path()));
            return Optional.of(held(real.toString(), "the folder " + folder, "--from-folder " + folder, data, spec));
        } catch (IOException failure) {
            throw new PaddockException("can't read " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Where a container that was a server has its data.
     *
     * @throws PaddockException if that is its own layer, which no other container can be given
     */
    OfContainer ofContainer(String name) {
        InspectContainerResponse facts = new ExistingCopy(containers, images).inspect(name);
        Map<String, String> environment = ExistingCopy.environment(facts);
        Path data = Path.of("/", environment.getOrDefault("PGDATA", ExistingCopy.USUAL_DATA))
                .normalize();
        List<InspectContainerResponse.Mount> mounts = facts.getMounts() == null ? List.of() : facts.getMounts();
        InspectContainerResponse.Mount nearest = mounts.stream()
                .filter(each -> data.startsWith(destination(each)))
                .max(Comparator.comparingInt(each -> destination(each).length()))
                .orElseThrow(() -> new PaddockException(
                        "the container " + name + " has its data in its own layer, where no other can work on it",
                        "start it again, or make a clone: paddock snapshot create NAME --from-container " + name));
        String volume = nearest.getName();
        return new OfContainer(
                name,
                volume == null || volume.isEmpty() ? String.valueOf(nearest.getSource()) : volume,
                Path.of(destination(nearest)).relativize(data).toString(),
                String.valueOf(facts.getImageId()),
                environment.getOrDefault("POSTGRES_USER", "postgres"));
    }

    /**
     * A container's data.
     *
     * @param source the volume or folder that it is in
     * @param path where in that
     */
    record OfContainer(String name, String source, String path, String image, String user) {

        private ServerSpec completing(ServerSpec spec) {
            ServerSpec with = spec.user().isPresent() ? spec : spec.withUser(user);
            boolean saysWhat =
                    spec.container().image().isPresent() || spec.postgres().isPresent();
            return saysWhat ? with : with.withContainer(with.container().withImage(image));
        }
    }

    /** @throws PaddockException if no server should be started on it */
    HeldData hold(OfContainer container, ServerSpec spec) {
        String where = "the container " + container.name();
        String source = container.source();
        look.requireUnused(
                "the data of " + where,
                source.startsWith("/") ? Path.of(source) : Volumes.mountpoint(containers.client(), source));
        FoundData.Look found = look.at(source, container.image());
        List<FoundData> itsOwn = found.data().stream()
                .filter(each -> each.path().equals(container.path()))
                .toList();
        return held(
                source,
                where,
                "--from-container " + container.name(),
                new FoundData.Look(found.entries(), List.of(), false, itsOwn).only(where),
                container.completing(spec));
    }

    private static String destination(InspectContainerResponse.Mount mount) {
        return mount.getDestination() == null ? "" : mount.getDestination().getPath();
    }

    /**
     * @param source as the engine binds it: a volume's name, or a path
     * @param where as users call it
     * @param clone how they make a clone of it
     */
    private HeldData held(String source, String where, String clone, FoundData data, ServerSpec spec) {
        if (data.standby()) {
            throw new PaddockException(
                    "the data in " + where + " is that of a standby, which follows another server", "promote it first");
        }
        if (!data.clean()) {
            throw new PaddockException(
                    "the data in " + where + " was not shut down in order",
                    "let its own server recover it and stop that, or make a clone, which is recovered instead of it:"
                            + " paddock snapshot create NAME " + clone);
        }
        if (spec.password().isEmpty()) {
            throw new InvalidSpecException(
                    "the data in " + where + " is run as it is, and so with the passwords that it has",
                    Hint.naming("give the password of its user with {}; or make a clone", Term.PASSWORD)
                            .or("make a clone"));
        }
        ImageFacts image = images.find(spec.container(), spec.postgres().orElse(Origin.release(data.major())));
        ExistingCopy.requireMajor(where, data.major(), image);
        // All of a folder is bound, so that no link in it leads to anything else of the host's.
        // Where its owner can't pass, nobody else can have put a link.
        DataVolume volume = new DataVolume(
                data.closed() ? source + "/" + data.path() : source,
                data.closed() ? "" : data.path(),
                Optional.of(data.owner()),
                spec.user().orElse("postgres"),
                true);
        return new HeldData(volume, Optional.of(data.asSnapshot(image, spec, stateOf(source))), false, false);
    }

    /** The name of the lock of whoever begins to work there. */
    static String lock(String source) {
        return source.startsWith("/") ? "folder-" + Integer.toHexString(source.hashCode()) : "volume-" + source;
    }

    /** Where this user's Paddock notes what it knows of a volume, or of a folder by its path. */
    Path stateOf(String source) {
        Path folder = home.stateFolder("docker-volumes").resolve(source.startsWith("/") ? lock(source) : source);
        try {
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new PaddockException("can't make " + folder + ": " + failure.getMessage(), failure);
        }
    }
}
