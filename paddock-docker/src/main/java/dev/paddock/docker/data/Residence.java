package dev.paddock.docker.data;

import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Volumes;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.docker.image.SnapshotArchives;
import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.oci.layer.Owner;
import dev.paddock.postgres.DiskFolder;
import dev.paddock.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one server keeps its data: chosen, taken for it alone, filled, and given back. Others are kept from data that lasts until the server runs,
 * from when on its container tells of it.
 */
public final class Residence implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Containers containers;
    private final VolumeData volumes;
    private final Optional<DiskFolder> disk;
    private final Optional<HeldData> held;
    private final boolean continued;
    private final Optional<FileLockScope> lock;
    private @Nullable ImageFacts image;

    private Residence(
            Containers containers,
            VolumeData volumes,
            Optional<DiskFolder> disk,
            Optional<HeldData> held,
            Optional<FileLockScope> lock) {
        this.containers = containers;
        this.volumes = volumes;
        this.disk = disk;
        this.held = held;
        this.lock = lock;
        this.continued = disk.map(DiskFolder::hasData).orElse(false)
                || held.map(each -> each.origin().isPresent()).orElse(false);
    }

    /** @throws PaddockException if somebody else has it */
    public static Residence of(ServerSpec spec, Containers containers, VolumeData volumes, PaddockHome home) {
        if (spec.storage() instanceof Storage.OnDisk folder) {
            if (AdoptedData.isLikely(folder.folder())) {
                Optional<Residence> foreign = holding(
                        AdoptedData.lock(folder.folder().toString()),
                        containers,
                        volumes,
                        home,
                        () -> volumes.foreign().inFolder(folder.folder(), spec));
                if (foreign.isPresent()) {
                    return foreign.get();
                }
            }
            // What is in it chooses an image, and so what is run.
            OwnFolders.requireForData(folder.folder());
            return new Residence(
                    containers,
                    volumes,
                    Optional.of(new DiskFolder(folder.folder())),
                    Optional.empty(),
                    Optional.empty());
        }
        if (spec.storage() instanceof Storage.InVolume volume) {
            return holding(
                            AdoptedData.lock(volume.name()),
                            containers,
                            volumes,
                            home,
                            () -> Optional.of(volumes.hold(volume, spec)))
                    .orElseThrow();
        }
        if (spec.storage() instanceof Storage.OfContainer container) {
            AdoptedData.OfContainer data = volumes.foreign().ofContainer(container.name());
            return holding(
                            AdoptedData.lock(data.source()),
                            containers,
                            volumes,
                            home,
                            () -> Optional.of(volumes.foreign().hold(data, spec)))
                    .orElseThrow();
        }
        return new Residence(containers, volumes, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** With a lock for as long as others could still think that nobody is there. */
    private static Optional<Residence> holding(
            String lockName,
            Containers containers,
            VolumeData volumes,
            PaddockHome home,
            Supplier<Optional<HeldData>> looking) {
        FileLockScope lock = FileLockScope.acquire(home, lockName, PATIENCE);
        try {
            Optional<HeldData> held = looking.get();
            if (held.isEmpty()) {
                lock.close();
                return Optional.empty();
            }
            return Optional.of(new Residence(containers, volumes, Optional.empty(), held, Optional.of(lock)));
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** Whether there is data already, which the server goes on with. */
    public boolean isContinued() {
        return continued;
    }

    /** What that data began as. */
    public Optional<Snapshot> origin() {
        return continued ? disk.map(DiskFolder::origin).or(() -> held.flatMap(HeldData::origin)) : Optional.empty();
    }

    /** Whether it lasts, or goes with the server. */
    public boolean isLasting() {
        return disk.isPresent() || held.isPresent();
    }

    public boolean isAdopted() {
        return held.map(each -> each.volume().adopted()).orElse(false);
    }

    /** @throws PaddockException if the data can't be kept that way */
    public Placement placement(ServerSpec spec, Snapshot snapshot, Account account, SnapshotArchives archives) {
        if (disk.isPresent()) {
            requirePlain(snapshot);
            return new Placement.Folder(disk.get(), new Owner(account.uid(), account.gid()));
        }
        if (held.isPresent()) {
            requirePlain(snapshot);
            return new Placement.InVolume(held.get().volume());
        }
        if (CloneMethod.of(spec, snapshot.manifest()) == CloneMethod.OVERLAY
                || !(spec.storage() instanceof Storage.InMemory memory)) {
            return new Placement.Layer();
        }
        requirePlain(snapshot);
        return new Placement.Memory(
                new ByteSize(memory.limit().bytes() + snapshot.manifest().bytes()), archives.of(snapshot));
    }

    private static void requirePlain(Snapshot snapshot) {
        if (snapshot.manifest().copies() > 0) {
            throw new PaddockException(
                    "the snapshot " + snapshot.label()
                            + " holds many copies of a database in the same files, which only overlay storage keeps apart",
                    "start from the snapshot that it was made of: "
                            + snapshot.manifest().parent().orElse(""));
        }
    }

    /** Takes a folder of the user's, and fills it if it is empty. */
    public void take(PaddockHome home, Account account, Snapshot snapshot, ImageFacts runs) {
        image = runs;
        held.filter(HeldData::unfinished).ifPresent(each -> volumes.empty(each.volume(), runs));
        disk.ifPresent(folder -> {
            containers.userOf(folder.path()).ifPresent(container -> {
                throw new PaddockException(
                        "a server is running on " + folder.path() + " (container " + container + ")",
                        "stop it first, see: paddock ls");
            });
            new DataLook(containers).requireUnused(folder.path().toString(), folder.path());
            folder.take(home, account, snapshot, ProcessStamp.ofSelf(), continued);
        });
    }

    /** Fills an empty volume by way of the container that is to work on it. */
    public void fill(String container, Snapshot snapshot, Owner owner) {
        if (held.isPresent() && !continued) {
            volumes.fill(container, held.get().volume(), snapshot, owner);
        }
    }

    /** All is done that makes its data what its spec says. A folder is told of that by whoever keeps what its clients are to know. */
    public void complete(String container) {
        if (held.isPresent() && !continued) {
            volumes.complete(container, held.get().volume());
        }
    }

    /** The container tells of it from now on. */
    public void occupied(String container) {
        disk.ifPresent(folder -> containers.process(container).ifPresent(folder::handOver));
    }

    /**
     * To be asked when the server has just been shut down.
     *
     * @throws PaddockException if it didn't come to the end of that, where that can be told
     */
    public void requireShutDown(List<String> lastLogLines) {
        disk.ifPresent(folder -> folder.requireShutDown(lastLogLines));
    }

    /** The server has ended; what lasts stays. */
    public void release() {
        disk.ifPresent(folder -> folder.release(ProcessStamp.ofSelf()));
    }

    /** Nothing is left of what was put there for the server; what had been there before stays. */
    public void discard() {
        if (continued) {
            release();
            return;
        }
        disk.ifPresent(DiskFolder::discard);
        held.ifPresent(each -> {
            if (each.made()) {
                Volumes.removeIfOurs(
                        containers.client(), containers.ours(), each.volume().name());
            } else if (image != null) {
                volumes.empty(each.volume(), image);
            }
        });
    }

    /** Lets others ask. */
    @Override
    public void close() {
        lock.ifPresent(FileLockScope::close);
    }
}
