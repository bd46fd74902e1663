package dev.paddock.docker.container;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder that any process of a container may write to. So a name in it may stand for anything: a link to a file of the host's, a pipe, a folder that
 * was a file a moment ago. The host opens nothing there. It moves what it wants into a folder of its own: a rename follows no link, and what has
 * been moved nobody can exchange any more, so it is looked at there.
 *
 * @param path as the host sees it
 */
record SharedFolder(Path path) {
    /** What the name of PostgreSQL's socket begins with; the port follows. */
    static final String SOCKET = ".s.PGSQL.";

    /** What of a file's mode says what it is (S_IFMT), that it is a socket (S_IFSOCK), and what everybody may do to it. */
    private static final int FILE_TYPE = 0xf000;

    private static final int SOCKET_TYPE = 0xc000;
    private static final int PERMISSIONS = 0777;

    boolean has(String name) {
        return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** @see OwnFolder#take */
    Optional<Path> take(String name, Path to) {
        if (!isMoved(name, to)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
            drop(to);
            throw new PaddockException("the container has put something else where its file " + name + " should be");
        }
        return Optional.of(to);
    }

    /**
     * A link in place of the socket could lead to another server, and a client can't refuse to follow it.
     *
     * @see OwnFolder#takeSocket
     */
    boolean takeSocket(int port, Path to) {
        String name = SOCKET + port;
        // PostgreSQL uses the name until it has said who may connect, which are all.
        if (socketMode(path.resolve(name)) == PERMISSIONS) {
            // Nobody connects by this name, whatever has come with it.
            Path taken = to.resolveSibling(to.getFileName() + "-taken-" + UUID.randomUUID());
            if (isMoved(name, taken)) {
                if (socketMode(taken) >= 0) {
                    rename(taken, to);
                } else {
                    drop(taken);
                }
            }
        }
        return socketMode(to) >= 0;
    }

    /** Who may use a socket; less than nothing if it is none. */
    private static int socketMode(Path path) {
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & FILE_TYPE) == SOCKET_TYPE ? mode & PERMISSIONS : -1;
        } catch (IOException none) {
            return -1;
        }
    }

    private boolean isMoved(String name, Path to) {
        try {
            if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                // A folder can't take a file's place, so none is moved.
                Files.createFile(to);
            }
            Files.move(path.resolve(name), to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't take the file " + name + " from a container: " + failure.getMessage(), failure);
        }
    }

    private static void rename(Path taken, Path to) {
        try {
            Files.move(taken, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new PaddockException("can't take the socket of a container: " + failure.getMessage(), failure);
        }
    }

    private static void drop(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException goesWithItsFolder) {
            // Nobody opens it.
        }
    }
}
