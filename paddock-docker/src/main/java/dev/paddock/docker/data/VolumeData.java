package dev.paddock.docker.data;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.paddock.closing.Closer;
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
import dev.paddock.postgres.UnfinishedMark;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Data in volumes of the user's: filled from a snapshot once, and continued from then on. */
public final class VolumeData {
    private static final String MANIFEST = "manifest.properties";
    private static final String UNFINISHED = UnfinishedMark.FILE;
    private static final String COUNTERPART = UnfinishedMark.COUNTERPART;
    /** What the script says that has emptied a volume. */
    private static final String EMPTIED = "emptied";

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
        if (made && wanted.driver().isEmpty() && wanted.options().isEmpty()) {
            return new HeldData(DataVolume.own(wanted.name()), Optional.empty(), true, false);
        }
        try {
            return look(wanted, spec, made);
        } catch (RuntimeException refused) {
            throw made && isOfEngine(wanted)
                    ? Closer.after(
                            refused, () -> Volumes.removeIfOurs(containers.client(), containers.ours(), wanted.name()))
                    : refused;
        }
    }

    /** Whether to remove it leaves the device that it names as it is; another driver may keep data that was there before the volume was made. */
    private static boolean isOfEngine(Storage.InVolume wanted) {
        return wanted.driver().orElse("local").equals("local");
    }

    /** A volume that was made just now may be a name for a device that has long been in use, here or on another machine. */
    private HeldData look(Storage.InVolume wanted, ServerSpec spec, boolean made) {
        look.requireUnused("the volume " + wanted.name(), Volumes.mountpoint(containers.client(), wanted.name()));
        FoundData.Look found =
                look.at(wanted.name(), images.any(spec.container()).id());
        // One without a word in it was left in each volume once, and tells nothing of data that is described.
        if (found.entries().contains(UNFINISHED)
                && (found.marked() || found.manifest().isEmpty())) {
            look.requireNobodyComing("the volume " + wanted.name(), wanted.name());
            return new HeldData(DataVolume.own(wanted.name()), Optional.empty(), false, true);
        }
        if (!found.manifest().isEmpty()) {
            Optional<Owner> owner = found.data().stream().map(FoundData::owner).findFirst();
            return new HeldData(
                    DataVolume.own(wanted.name()).of(owner),
                    Optional.of(described(wanted.name(), found.manifest())),
                    false,
                    false);
        }
        if (found.entries().isEmpty()) {
            return new HeldData(DataVolume.own(wanted.name()), Optional.empty(), made, false);
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

    /** Fills a volume by way of a container that has it and doesn't run yet. It counts as unfinished until it is {@linkplain #complete complete}. */
    void fill(String container, DataVolume volume, Snapshot snapshot, Owner owner) {
        try {
            Path draft = new Folders().draft(home.stateFolder("docker"));
            try {
                String word = UnfinishedMark.newWord();
                Path mark = Files.writeString(draft.resolve(UNFINISHED), word);
                send(draft, container, owner);
                Path data = Files.createDirectory(draft.resolve(DataVolume.OWN_PATH));
                Files.writeString(data.resolve(COUNTERPART), word);
                send(draft, container, owner);
                SentData.folder(snapshot.data()).to(containers.client(), container, volume.data(), owner);
                Folders.delete(data);
                Files.delete(mark);
                snapshot.describe(draft);
                send(draft, container, owner);
            } finally {
                Folders.delete(draft);
            }
        } catch (IOException failure) {
            throw new PaddockException("can't fill the volume " + volume.name() + ": " + failure.getMessage(), failure);
        }
    }

    private void send(Path folder, String container, Owner owner) {
        SentData.folder(folder).to(containers.client(), container, DataVolume.INSIDE, owner);
    }

    /** All is done that makes the data what its first spec says: that, and that it is so, is on the disk when this returns. */
    void complete(String container, DataVolume volume) {
        containers.runInside(
                container,
                List.of(
                        "sh",
                        "-c",
                        "cd " + DataVolume.INSIDE + " && { sync -f " + DataVolume.OWN_PATH + " || sync; }"
                                // The mark first: of what has none the word in the data doesn't matter.
                                + " && rm -f " + UNFINISHED + " && rm -f " + DataVolume.OWN_PATH + "/" + COUNTERPART
                                + " && { sync -f . || sync; }"),
                "to complete the data in the volume " + volume.name());
    }

    /**
     * Removes what {@link #fill} put into a volume of the user's. The data goes at once: half of it would be taken for somebody else's by whoever comes
     * after this process was killed.
     *
     * @throws PaddockException if something else is there, or it can't be removed
     */
    void empty(DataVolume volume, ImageFacts image) {
        String data = DataVolume.OWN_PATH;
        CreateContainerCmd create = containers.unprivileged(
                image.id(),
                image.owner(),
                "tidying",
                List.of(
                        "sh",
                        "-c",
                        "cd " + DataVolume.INSIDE + " || exit; mark=; [ ! -f " + UNFINISHED + " ] || mark=$(cat "
                                + UNFINISHED
                                + "); if [ -e " + data
                                + "/PG_VERSION ] && { [ -z \"$mark\" ] || [ \"$mark\" != \"$(cat "
                                + data + "/" + COUNTERPART
                                + ")\" ]; }; then echo the mark tells of other data; exit; fi 2> /dev/null; rm -rf paddock.removed && { [ ! -e "
                                + data + " ] || mv " + data + " paddock.removed; } && rm -rf paddock.removed "
                                + MANIFEST + " && rm -f "
                                + UNFINISHED + " && echo " + EMPTIED));
        HostPaths.bind(Containers.hostConfig(create).withNetworkMode("none"), List.of(volume.bind()));
        String said =
                containers.run(create, "to empty the volume " + volume.name()).strip();
        if (!said.equals(EMPTIED)) {
            throw new PaddockException(
                    "the volume " + volume.name() + " holds data that was never made complete, and can't be emptied: "
                            + said,
                    "remove the file " + UNFINISHED
                            + " from it if its data is to be gone on with, or remove it with: docker volume rm "
                            + volume.name());
        }
    }
}
