package dev.paddock.snapshot;

import dev.paddock.home.Folders;
import dev.paddock.home.Seal;
import dev.paddock.home.Seals;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Predicate;

/** A snapshot that only its maker knows of, as yet. Closing it removes it unless it was published. Not thread-safe. */
public final class StagedSnapshot implements AutoCloseable {
    private final SnapshotFolders folders;
    private final Seals seals;
    private final Predicate<Path> inUse;
    private final Snapshot snapshot;
    private final Seal.Extent extent;
    private final Seal.Making making;
    private boolean published;

    private StagedSnapshot(
            SnapshotFolders folders,
            Seals seals,
            Predicate<Path> inUse,
            Snapshot snapshot,
            Seal.Extent extent,
            Seal.Making making) {
        this.folders = folders;
        this.seals = seals;
        this.inUse = inUse;
        this.snapshot = snapshot;
        this.extent = extent;
        this.making = making;
    }

    static StagedSnapshot of(Draft draft, SnapshotFolders folders, Seals seals, Predicate<Path> inUse) {
        try {
            Path folder = folders.draft();
            try {
                DirectoryCapture capture = new DirectoryCapture(draft, folder.resolve("data"));
                capture.run();
                FileIndex.write(folder, capture.digests());
                Manifest manifest = Manifest.of(draft, capture);
                manifest.write(folder);
                return new StagedSnapshot(
                        folders,
                        seals,
                        inUse,
                        new Snapshot(Optional.empty(), manifest, folder),
                        Examination.extent(capture.copies()),
                        Seal.of(folder).open());
            } catch (IOException | RuntimeException failure) {
                Folders.delete(folder);
                throw failure;
            }
        } catch (IOException failure) {
            throw folders.unwritable(failure);
        }
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** Lets everybody find it, all at once. It is written to the disk in the background. */
    public Snapshot publish() {
        Path folder = folders.of(snapshot.id());
        try {
            if (!moved(folder)) {
                // The same content is there already, perhaps since a moment ago; unless that is damaged.
                if (isDamaged(folder)) {
                    if (inUse.test(folder)) {
                        throw new PaddockException(
                                "the snapshot " + snapshot.label()
                                        + " is there, but damaged, and a server is running on a clone of it",
                                "stop that server first, see: paddock ls");
                    }
                    folders.delete(folder);
                    if (!moved(folder)) {
                        throw new IOException(folder + " is in the way");
                    }
                }
            }
            return new Snapshot(Optional.empty(), snapshot.manifest(), folder);
        } catch (IOException failure) {
            throw folders.unwritable(failure);
        }
    }

    private boolean isDamaged(Path folder) {
        try {
            folders.manifest(folder);
            return new Examination(folder).quick().isPresent();
        } catch (PaddockException unreadable) {
            return true;
        }
    }

    private boolean moved(Path folder) throws IOException {
        try {
            Files.move(snapshot.folder(), folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException taken) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            throw taken;
        }
        published = true;
        seals.forget(folder);
        seals.close(folder, extent, making);
        return true;
    }

    @Override
    public void close() {
        try {
            if (!published) {
                making.close();
            }
            Folders.delete(snapshot.folder());
        } catch (IOException failure) {
            throw folders.unwritable(failure);
        }
    }
}
