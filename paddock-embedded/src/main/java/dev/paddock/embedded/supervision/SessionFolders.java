package dev.paddock.embedded.supervision;

import dev.paddock.home.Folders;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders that a supervisor works in.
 *
 * @param root for sockets, logs and data in memory
 * @param clones for data directories that are copies; may be the same
 */
public record SessionFolders(Path root, Path clones) {
    private static final String OWNER = "owner";

    /** Of a private space: what is mounted there is seen by nobody else, and no file is made. */
    public static SessionFolders inPrivateSpace() {
        return new SessionFolders(Path.of("/dev/shm"), Path.of("/dev/shm"));
    }

    /**
     * Of a shared space: a new one below {@code base}, in a folder of this user's. Sweeps up first what sessions left behind
     * that nobody could end in order.
     */
    public static SessionFolders below(Path base, Account account, Optional<Path> clonesBase) {
        try {
            Path root = makeAnew(base, account);
            return new SessionFolders(root, clonesBase.isEmpty() ? root : makeAnew(clonesBase.get(), account));
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't make a folder for servers in " + base + ": " + failure.getMessage(), null, failure);
        }
    }

    /** A session that ends takes the folder above it away if it was the last: perhaps just now. */
    private static Path makeAnew(Path base, Account account) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return make(base, account);
            } catch (NoSuchFileException takenAway) {
                if (attempt == 20) {
                    throw takenAway;
                }
            }
        }
    }

    private static Path make(Path base, Account account) throws IOException {
        int self = account.own() ? account.uid() : 0;
        Path mine = base.resolve("paddock-" + self);
        if (!Files.exists(mine, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(mine);
        }
        if (!Files.isDirectory(mine, LinkOption.NOFOLLOW_LINKS)
                || (self >= 0 && (int) Files.getAttribute(mine, "unix:uid", LinkOption.NOFOLLOW_LINKS) != self)) {
            throw new IOException(mine + " belongs to somebody else");
        }
        String mode = account.own() ? "rwx------" : "rwx--x--x";
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString(mode));
        sweep(mine);
        Path session = mine.resolve(ProcessStamp.ofSelf() + "-" + Long.toString(System.nanoTime(), 36));
        Files.createDirectory(session);
        Files.setPosixFilePermissions(session, PosixFilePermissions.fromString(mode));
        return session;
    }

    private static void sweep(Path mine) throws IOException {
        try (Stream<Path> sessions = Files.list(mine)) {
            for (Path session : sessions.toList()) {
                String[] name = session.getFileName().toString().split("-");
                boolean makerLives = name.length == 3
                        && ProcessStamp.parse(name[0] + "-" + name[1])
                                .filter(ProcessStamp::isAlive)
                                .isPresent();
                if (!makerLives
                        && name.length == 3
                        && owner(session).filter(ProcessStamp::isAlive).isEmpty()) {
                    OrphanedServers.kill(session);
                    Folders.delete(session);
                }
            }
        }
    }

    private static Optional<ProcessStamp> owner(Path session) {
        try {
            return ProcessStamp.parse(Files.readString(session.resolve(OWNER)));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Says which process the folders live and die with. */
    void ownedBy(ProcessStamp supervisor) {
        try {
            if (!isPrivate()) {
                Files.writeString(root.resolve(OWNER), supervisor.toString());
                Files.writeString(clones.resolve(OWNER), supervisor.toString());
            }
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + root + ": " + failure.getMessage(), null, failure);
        }
    }

    Path outside(Space space, long supervisor, String inside) {
        return space == Space.PRIVATE ? Path.of("/proc/" + supervisor + "/root" + inside) : Path.of(inside);
    }

    private boolean isPrivate() {
        return root.equals(Path.of("/dev/shm"));
    }

    /** Removes what the supervisor itself couldn't; nothing in a private space. */
    void remove() {
        if (isPrivate()) {
            return;
        }
        try {
            OrphanedServers.kill(root);
            Folders.delete(root);
            Folders.delete(clones);
        } catch (IOException failure) {
            throw new PaddockException("can't remove " + root + ": " + failure.getMessage(), null, failure);
        }
    }
}
