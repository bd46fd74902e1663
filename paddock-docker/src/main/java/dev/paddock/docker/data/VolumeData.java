package dev.paddock.docker.data;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.HostPaths;
import dev.paddock.docker.container.SentData;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.Images;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
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

/** Data in volumes of the user's: filled from a snapshot once, and continued from then on. */
public final class VolumeData {
    private static final String MANIFEST = "manifest.properties";
    /** In a volume that is being filled, until the manifest is there too. */
    private static final String UNFINISHED = "unfinished";

    private final Containers containers;
    private final PaddockHome home;
    private final Images images;
    private final DataLook look;
    private final AdoptedData foreign;

    public VolumeData(Containers containers, PaddockHome home, Images images) {
        this.containers = containers;
        this.home = home;
        this.images = images;
        this.look = new DataLook(containers);
        this.foreign = new AdoptedData(containers, home, images);
    }

    /** What was there before Paddock. */
    AdoptedData foreign() {
        return foreign;
    }

    /** @throws PaddockException if somebody uses it, or it can't be used */
    HeldData hold(Storage.InVolume wanted, ServerSpec spec) {
        Mount.Volume volume = new Mount.Volume(
                wanted.name(), DataVolume.INSIDE, false, wanted.driver(), wanted.options(), wanted.labels());
        boolean made = Volumes.ensure(containers.client(), containers.ours(), volume);
        if (made) {
            return new HeldData(DataVolume.own(wanted.name()), Optional.empty(), true);
        }
        look.requireUnused("the volume " + wanted.name(), Volumes.mountpoint(containers.client(), wanted.name()));
        FoundData.Look found =
                look.at(wanted.name(), images.any(spec.container()).id());
        if (!found.manifest().isEmpty()) {
            Optional<Owner> owner = found.data().stream().map(FoundData::owner).findFirst();
            return new HeldData(
                    DataVolume.own(wanted.name()).of(owner),
                    Optional.of(described(wanted.name(), found.manifest())),
                    false);
        }
        if (found.entries().isEmpty()) {
            return new HeldData(DataVolume.own(wanted.name()), Optional.empty(), false);
        }
        if (found.entries().contains(UNFINISHED)) {
            throw new PaddockException(
                    "the volume " + wanted.name() + " holds a copy that was interrupted",
                    "remove it with: docker volume rm " + wanted.name());
        }
        return foreign.inVolume(wanted.name(), found, spec);
    }

    /** Kept where other processes find it. */
    private Snapshot described(String name, List<String> manifest) {
        Path folder = foreign.stateOf(name);
        try {
            Files.write(folder.resolve(MANIFEST), manifest);
            return Snapshot.at(folder);
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + folder + ": " + failure.getMessage(), failure);
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
            throw new PaddockException("can't fill the volume " + volume.name() + ": " + failure.getMessage(), failure);
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
        HostPaths.bind(Containers.hostConfig(create).withNetworkMode("none"), List.of(volume.bind()));
        containers.run(create, "to empty the volume " + volume.name());
    }
}
