package dev.paddock.docker.data;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.SentData;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Images;
import dev.paddock.docker.image.Origin;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Mount;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Data in volumes of the user's: filled from a snapshot once and continued from then on, or run as whoever put it there left it. */
public final class VolumeData {
    private static final String MANIFEST = "manifest.properties";
    /** In a volume that is being filled, until the manifest is there too. */
    private static final String UNFINISHED = "unfinished";

    private final Containers containers;
    private final PaddockHome home;
    private final Images images;
    private final DataLook look;

    public VolumeData(Containers containers, PaddockHome home, Images images) {
        this.containers = containers;
        this.home = home;
        this.images = images;
        this.look = new DataLook(containers);
    }

    /**
     * What is in a volume now.
     *
     * @param origin what the data in it began as, if it holds any
     * @param made whether the volume was made for this
     */
    record Held(DataVolume volume, Optional<Snapshot> origin, boolean made) {}

    /** @throws PaddockException if somebody uses it, or it can't be used */
    Held hold(Storage.InVolume wanted, ServerSpec spec) {
        Mount.Volume volume = new Mount.Volume(
                wanted.name(), DataVolume.INSIDE, false, wanted.driver(), wanted.options(), wanted.labels());
        boolean made = Volumes.ensure(containers.client(), containers.ours(), volume);
        if (made) {
            return new Held(DataVolume.own(wanted.name()), Optional.empty(), true);
        }
        look.requireUnused("the volume " + wanted.name(), Volumes.mountpoint(containers.client(), wanted.name()));
        FoundData.Look found =
                look.at(wanted.name(), images.any(spec.container()).id());
        if (!found.manifest().isEmpty()) {
            Optional<Owner> owner = found.data().stream().map(FoundData::owner).findFirst();
            return new Held(
                    DataVolume.own(wanted.name()).of(owner),
                    Optional.of(described(wanted.name(), found.manifest())),
                    false);
        }
        if (found.entries().isEmpty()) {
            return new Held(DataVolume.own(wanted.name()), Optional.empty(), false);
        }
        if (found.entries().contains(UNFINISHED)) {
            throw new PaddockException(
                    "the volume " + wanted.name() + " holds a copy that was interrupted",
                    "remove it with: docker volume rm " + wanted.name());
        }
        return adopted(wanted.name(), found.only("the volume " + wanted.name()), spec);
    }

    private Held adopted(String name, FoundData data, ServerSpec spec) {
        if (data.standby()) {
            throw new PaddockException(
                    "the data in the volume " + name + " is that of a standby, which follows another server",
                    "promote it first");
        }
        if (!data.clean()) {
            throw new PaddockException(
                    "the data in the volume " + name + " was not shut down in order",
                    "let its own server recover it and stop that, or make a clone, which is recovered instead of it:"
                            + " paddock snapshot create NAME --from-volume " + name);
        }
        if (spec.password().isEmpty()) {
            throw new InvalidSpecException(
                    "the data in the volume " + name + " is run as it is, and so with the passwords that it has",
                    "give the password of its user: --password-file, or withPassword in Java; or make a clone");
        }
        ImageFacts image = images.find(spec.container(), Origin.release(data.major()));
        DataVolume volume = new DataVolume(
                name, data.path(), Optional.of(data.owner()), spec.user().orElse("postgres"), true);
        Snapshot origin = data.asSnapshot(image, spec, stateOf(name));
        return new Held(volume, Optional.of(origin), false);
    }

    /** Kept where other processes find it. */
    private Snapshot described(String name, List<String> manifest) {
        Path folder = stateOf(name);
        try {
            Files.write(folder.resolve(MANIFEST), manifest);
            return Snapshot.at(folder);
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + folder + ": " + failure.getMessage(), null, failure);
        }
    }

    private Path stateOf(String volume) {
        Path folder = home.stateFolder("docker-volumes").resolve(volume);
        try {
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new PaddockException("can't make " + folder + ": " + failure.getMessage(), null, failure);
        }
    }

    /** Fills a volume by way of a container that has it and doesn't run yet. */
    void fill(String container, DataVolume volume, Snapshot snapshot, Owner owner) {
        try {
            Path draft = Files.createTempDirectory(home.stateFolder("docker"), "draft-volume");
            try {
                Path mark = Files.createFile(draft.resolve(UNFINISHED));
                SentData.folder(draft).to(containers.client(), container, DataVolume.INSIDE, owner);
                SentData.folder(snapshot.data()).to(containers.client(), container, volume.data(), owner);
                Files.delete(mark);
                snapshot.describe(draft);
                SentData.folder(draft).to(containers.client(), container, DataVolume.INSIDE, owner);
            } finally {
                Folders.delete(draft);
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't fill the volume " + volume.name() + ": " + failure.getMessage(), null, failure);
        }
    }

    /** Removes what {@link #fill} put into a volume of the user's. */
    void empty(DataVolume volume, ImageFacts image) {
        CreateContainerCmd create = containers.unprivileged(
                image.id(),
                image.owner(),
                "tidying",
                List.of(
                        "sh",
                        "-c",
                        "cd " + DataVolume.INSIDE + " && rm -rf " + DataVolume.OWN_PATH + " " + MANIFEST + " "
                                + UNFINISHED));
        Containers.hostConfig(create).withNetworkMode("none").withBinds(volume.bind());
        containers.run(create, "to empty the volume " + volume.name());
    }
}
