package dev.paddock.docker;

import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A folder of the host's that a container sees as {@code /run/paddock}: its configuration, its socket, and what is taken out of it. Anybody
 * may write to it, as the container's user has a number of its own, but nobody else may pass through the folder that it is in.
 *
 * @param path as the host sees it
 */
record OwnFolder(Path path) {
    static final String INSIDE = "/run/paddock";

    private static final Folders FOLDERS = new Folders();

    /** A new one; swept up by the next who makes one if this process dies. */
    static OwnFolder create(PaddockHome home) {
        try {
            Path draft = FOLDERS.draft(home.stateFolder("docker"));
            Path folder = Files.createDirectory(draft.resolve("run"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            return new OwnFolder(folder);
        } catch (IOException failure) {
            throw new PaddockException("can't make a folder for a container: " + failure.getMessage(), null, failure);
        }
    }

    void write(String name, List<String> lines) {
        try {
            Files.write(path.resolve(name), lines);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't write " + path.resolve(name) + ": " + failure.getMessage(), null, failure);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** As the engine is to be told of it. */
    String binding() {
        return path + ":" + INSIDE;
    }

    void delete() {
        Path draft = path.getParent();
        if (draft != null) {
            try {
                Folders.delete(draft);
            } catch (IOException inUseStill) {
                // Swept up by the next.
            }
        }
    }
}
