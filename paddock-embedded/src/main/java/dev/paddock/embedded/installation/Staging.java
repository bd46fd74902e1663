package dev.paddock.embedded.installation;

import dev.paddock.home.Folders;
import dev.paddock.home.Seal;
import dev.paddock.home.Seals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder in which something is made that everybody may read, to appear under its final name at once or not at all. What a
 * killed process left is removed by the next that stages in the same place. Whoever opens it closes it.
 */
record Staging(Path draft, Seals seals) implements AutoCloseable {

    /** In the folder that the finished thing shall be in. */
    static Staging open(Path parent, Seals seals) throws IOException {
        Staging staging = new Staging(new Folders().draft(parent), seals);
        Files.createDirectory(staging.tree());
        if (parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(staging.tree(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return staging;
    }

    /** Make it here. */
    Path tree() {
        return draft.resolve("tree");
    }

    /** Gives it its name, unless another has been quicker: then that one stays. It is written to the disk in the background. */
    void publish(Path target) throws IOException {
        List<String> parts = parts();
        Seal.Making making = Seal.of(tree()).open();
        try {
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                // Not there, or something else than what was made here.
                Files.deleteIfExists(target);
            }
            Files.move(tree(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException taken) {
            making.close();
            if (!Files.isDirectory(target)) {
                throw taken;
            }
            return;
        }
        seals.forget(target);
        seals.close(target, new Seal.Extent(parts, List.of(), true), making);
    }

    private List<String> parts() throws IOException {
        try (Stream<Path> entries = Files.list(tree())) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        Folders.delete(draft);
    }
}
