package dev.paddock.embedded;

import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ServerAccounts;
import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.UsersFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who the data of root's servers belongs to, each of which has an account of its own. */
record ServerData(PaddockHome home, Account account) {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxrwx---");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-rw----");
    /** PostgreSQL refuses a key that a group may write to. */
    private static final Set<PosixFilePermission> FILE_OF_USERS = PosixFilePermissions.fromString("rw-r-----");

    /** The number of the account that is to serve a clone of a snapshot: empty for one that no other server has. The snapshot is there for the group of them all. */
    String ofSnapshot(Path data) {
        if (!data.startsWith(home.cache())) {
            return ofFolder(data);
        }
        if (!account.own()) {
            try {
                letIn(data, ServerAccounts.ofMachine().group());
            } catch (IOException failure) {
                throw unreadable(data, failure);
            }
        }
        return "";
    }

    /**
     * The number of the account that is to serve data that stays, which is that of its owner.
     *
     * @throws PaddockException if it is no server's data
     */
    String ofFolder(Path data) {
        if (account.own()) {
            return "";
        }
        try {
            int owner = (int) Files.getAttribute(data, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (owner != account.uid() && !ServerAccounts.isLasting(owner)) {
                throw new PaddockException(
                        data + " belongs to the user " + owner + ", so no server of root's works on it",
                        "run Paddock as that user, or give the data away with: chown -R " + account.ownership() + " "
                                + data);
            }
            return Integer.toString(owner);
        } catch (IOException failure) {
            throw unreadable(data, failure);
        }
    }

    private static PaddockException unreadable(Path data, IOException failure) {
        return new PaddockException("can't read " + data + ": " + failure.getMessage(), failure);
    }

    /** Once for each snapshot; its folder, which comes last, tells that it was done. Nobody but root gets as far as the cache. */
    private static void letIn(Path data, int group) throws IOException {
        if (isIn(data, group)) {
            return;
        }
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                // PostgreSQL wants its data directory itself to be closed; a clone has its own.
                return folder.equals(data) ? FileVisitResult.CONTINUE : give(folder, FOLDER);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    return FileVisitResult.CONTINUE;
                }
                return give(file, UsersFile.is(data.relativize(file).toString()) ? FILE_OF_USERS : FILE);
            }

            private FileVisitResult give(Path path, Set<PosixFilePermission> mode) throws IOException {
                // What is its parent's too, by a link, was given with that.
                if (!isIn(path, group)) {
                    Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
                }
                Files.setPosixFilePermissions(path, mode);
                return FileVisitResult.CONTINUE;
            }
        });
        Files.setAttribute(data, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isIn(Path path, int group) throws IOException {
        return (int) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS) == group;
    }
}
