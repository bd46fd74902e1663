package dev.paddock.embedded.supervision;

import dev.paddock.home.Account;
import dev.paddock.home.Folders;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.SignOfLife;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

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
        String name = prefix + ProcessStamp.ofSelf() + "-" + Long.toString(System.nanoTime() & 0xFFFFF, 36);
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
                String named = session.getFileName().toString();
                String stamp = named.substring(prefix.length(), named.lastIndexOf('-'));
                boolean ours = Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS)
                        && (self < 0
                                || (int) Files.getAttribute(session, "unix:uid", LinkOption.NOFOLLOW_LINKS) == self);
                if (ours && !isUsed(session, ProcessStamp.parse(stamp))) {
                    OrphanedServers.kill(session);
                    Folders.delete(session);
                }
            }
        } catch (NoSuchFileException endedByItself) {
            // Somebody else's session, while it was being looked at.
        }
    }

    /** By its supervisor, once that has said so; until then by who wanted it. */
    private static boolean isUsed(Path session, Optional<ProcessStamp> wantedBy) throws IOException {
        Path owner = session.resolve(OWNER);
        try {
            // What a damaged one said, its lock still tells.
            return ProcessStamp.parse(WholeFile.read(owner))
                    .map(supervisor -> SignOfLife.mayLive(supervisor, owner))
                    .orElseGet(() -> SignOfLife.isHeld(owner));
        } catch (NoSuchFileException notSaidYet) {
            return wantedBy.filter(ProcessStamp::isOutOfSight).isPresent()
                    ? Files.getLastModifiedTime(session, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isAfter(Instant.now().minus(LONGEST_START))
                    : wantedBy.filter(ProcessStamp::isAlive).isPresent();
        } catch (IOException somethingElse) {
            // Whose it is can't be told, so it stays, and keeps nobody else from starting servers.
            return true;
        }
    }

    /**
     * Says which process the folders live and die with.
     *
     * @return the files that it is to keep locked; none in a private space
     */
    List<Path> ownedBy(ProcessStamp supervisor) {
        try {
            List<Path> files = isPrivate()
                    ? List.of()
                    : Stream.of(root, clones)
                            .distinct()
                            .map(folder -> folder.resolve(OWNER))
                            .toList();
            for (Path file : files) {
                WholeFile.write(file, supervisor + "\n");
            }
            return files;
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
