package dev.paddock.embedded.supervision;

import dev.paddock.home.Account;
import dev.paddock.home.Folders;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders that a supervisor works in.
 *
 * @param root for sockets, logs and data in memory
 * @param clones for data directories that are copies; may be the same
 */
public record SessionFolders(Path root, Path clones) {
    /** What a private space mounts its memory over: PostgreSQL shares memory of its own there too. */
    static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private static final Path PRIVATE = SHARED_MEMORY.resolve(".paddock");
    private static final String OWNER = "owner";

    /** Of a private space: what is mounted there is seen by nobody else, and no file is made. */
    public static SessionFolders inPrivateSpace() {
        return new SessionFolders(PRIVATE, PRIVATE);
    }

    /**
     * Of a shared space: new ones below {@code base} and, if it is another, {@code clonesBase}; made by the guard. Sweeps up
     * first what sessions left behind that nobody could end in order.
     */
    public static SessionFolders below(Path base, Account account, Optional<Path> clonesBase) {
        int self = account.own() ? account.uid() : 0;
        String prefix = "paddock-" + self + "-";
        String name = prefix + ProcessStamp.ofSelf() + "-" + Long.toString(System.nanoTime(), 36);
        try {
            sweep(base, prefix, self);
            if (clonesBase.isPresent()) {
                sweep(clonesBase.get(), prefix, self);
            }
        } catch (IOException failure) {
            throw new PaddockException("can't sweep up " + base + ": " + failure.getMessage(), failure);
        }
        Path root = base.resolve(name);
        return new SessionFolders(
                root, clonesBase.map(other -> other.resolve(name)).orElse(root));
    }

    private static void sweep(Path base, String prefix, int self) throws IOException {
        try (DirectoryStream<Path> sessions = Files.newDirectoryStream(base, prefix + "*-*-*")) {
            for (Path session : sessions) {
                String[] stamp = session.getFileName()
                        .toString()
                        .substring(prefix.length())
                        .split("-");
                boolean ours = Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS)
                        && (self < 0
                                || (int) Files.getAttribute(session, "unix:uid", LinkOption.NOFOLLOW_LINKS) == self);
                // Its supervisor, once that has said so; until then who wanted it.
                Optional<ProcessStamp> user = owner(session).or(() -> ProcessStamp.parse(stamp[0] + "-" + stamp[1]));
                if (ours && user.filter(ProcessStamp::isAlive).isEmpty()) {
                    OrphanedServers.kill(session);
                    Folders.delete(session);
                }
            }
        } catch (NoSuchFileException endedByItself) {
            // Somebody else's session, while it was being looked at.
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
            throw new PaddockException("can't write to " + root + ": " + failure.getMessage(), failure);
        }
    }

    Path outside(Space space, long supervisor, String inside) {
        return space == Space.PRIVATE ? Path.of("/proc/" + supervisor + "/root" + inside) : Path.of(inside);
    }

    private boolean isPrivate() {
        return root.equals(PRIVATE);
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
            throw new PaddockException("can't remove " + root + ": " + failure.getMessage(), failure);
        }
    }
}
