package dev.paddock.snapshot;

import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folders of snapshots, whatever is in them: each is called by the snapshot's id. */
final class SnapshotFolders {
    private static final String NAMED = "named";

    private final PaddockHome home;
    private final Folders drafts = new Folders();

    SnapshotFolders(PaddockHome home) {
        this.home = home;
    }

    private Path root() {
        return home.cacheFolder("snapshots");
    }

    Path of(String id) {
        return root().resolve(id);
    }

    boolean has(String id) {
        return Files.exists(of(id), LinkOption.NOFOLLOW_LINKS);
    }

    static String idOf(Path folder) {
        return folder.getFileName().toString();
    }

    /**
     * What a folder says that it holds.
     *
     * @throws PaddockException if that can't be read, or is another snapshot than it is called by
     */
    Manifest manifest(Path folder) {
        Manifest manifest = Manifest.read(folder);
        if (Files.isSymbolicLink(folder)) {
            throw new PaddockException("it is a link to another folder");
        }
        if (!manifest.id().equals(idOf(folder))) {
            throw new PaddockException("its manifest is that of another snapshot");
        }
        return manifest;
    }

    List<Path> all() {
        try (Stream<Path> entries = Files.list(root())) {
            return entries.filter(each -> isDigest(idOf(each))).toList();
        } catch (IOException failure) {
            throw new PaddockException("can't read the cache " + home.cache() + ": " + failure.getMessage(), failure);
        }
    }

    /** An empty one that nobody finds, marked as this process's own. */
    Path draft() throws IOException {
        return drafts.draft(root());
    }

    /** Gone at once for everybody. */
    void delete(Path folder) throws IOException {
        try {
            drafts.remove(folder, root(), Set.of(Manifest.FILE));
        } catch (NoSuchFileException goneMeanwhile) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw goneMeanwhile;
            }
        }
    }

    /** A name stands in a file elsewhere, which may be lost; that there was one stays here. */
    void noteNamed(Path folder) throws IOException {
        WholeFile.keep(folder.resolve(NAMED), "");
    }

    /** Whether a user has ever given it a name, so that it is not Paddock's to remove. */
    static boolean wasNamed(Path folder) {
        return Files.exists(folder.resolve(NAMED), LinkOption.NOFOLLOW_LINKS);
    }

    PaddockException unwritable(IOException failure) {
        return new PaddockException(
                "can't write a snapshot to " + home.cache() + ": " + failure.getMessage(),
                LinkInDataException.advice(failure),
                failure);
    }

    static boolean isDigest(String text) {
        return text.matches("[0-9a-f]{64}");
    }
}
