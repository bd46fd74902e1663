package dev.paddock.embedded.installation;

import dev.paddock.home.Folders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder in which something is made that everybody may read, to appear under its final name at once or not at all. What a
 * killed process left is removed by the next that stages in the same place. Whoever opens it closes it.
 */
record Staging(Path draft) implements AutoCloseable {

    /** In the folder that the finished thing shall be in. */
    static Staging open(Path parent) throws IOException {
        Staging staging = new Staging(new Folders().draft(parent));
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

    /** Gives it its name, unless another has been quicker: then that one stays. */
    void publish(Path target) throws IOException {
        try {
            Files.move(tree(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            if (!Files.isDirectory(target)) {
                throw taken;
            }
        }
    }

    @Override
    public void close() throws IOException {
        Folders.delete(draft);
    }
}
