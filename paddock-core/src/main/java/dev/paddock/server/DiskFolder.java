package dev.paddock.server;

import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.FileSystemSync;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.ServerAccounts;
import dev.paddock.home.UntrustedFile;
import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A folder of the user's that holds a server's data: {@code data}, the data directory; {@code manifest.properties}, what the
 * snapshot's says that it began as; {@code owner}, the process whose server works on it now, left behind by one that was killed. Two
 * servers never work on one: PostgreSQL's own safeguard doesn't see through namespaces.
 */
public record DiskFolder(Path path) {
    /** What stands beside the data. */
    private static final List<String> OWN =
            List.of("manifest.properties", "owner", "connection.properties", "unfinished");

    /** A server whose owner was killed a moment ago is told to end by now. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private static final Duration TO_STOP = Duration.ofSeconds(60);

    public Path data() {
        return path.resolve("data");
    }

    /** Whether a server can go on with what is in it. What was never made complete doesn't count: that is made anew. */
    public boolean hasData() {
        return Files.exists(data().resolve("PG_VERSION")) && !Files.exists(unfinished());
    }

    /** There from before the data until all is done that makes it what its first spec says, init scripts included. */
    private Path unfinished() {
        return path.resolve("unfinished");
    }

    /** The snapshot that the data began as, described as if it still were that. */
    public Snapshot origin() {
        return Snapshot.at(path);
    }

    /**
     * Waits for a server that is just ending, and ends what is left of one whose supervisor was killed.
     *
     * @throws PaddockException if a server works on it
     */
    public void requireUnused() {
        Deadline.in(LAST_MOMENT).await(() -> user().isEmpty() || isStopping());
        if (isStopping()) {
            Deadline.in(TO_STOP).await(() -> user().isEmpty());
        }
        Optional<Long> user = user();
        if (user.isPresent()) {
            throw new PaddockException(
                    "a server is running on " + path + " (process " + user.get() + ")",
                    "stop it first, see: paddock ls");
        }
        if (Files.exists(owner())) {
            new DataWorkers(data()).kill();
        }
    }

    /**
     * Takes the folder for a server that lives with the process {@code holder}, and fills it with a copy of the snapshot if it is empty.
     *
     * @throws PaddockException if another server works on it, or something else is in it
     */
    public void take(PaddockHome home, Account account, Snapshot snapshot, ProcessStamp holder) {
        String name = "disk-" + Integer.toHexString(path.toString().hashCode());
        try (FileLockScope lock = FileLockScope.acquire(home, name, Duration.ofMinutes(10))) {
            Files.createDirectories(path);
            requireUnused();
            if (hasData()) {
                // A server that was killed has left it. It says that all is ready, and names a process that may be
                // another one now.
                Files.deleteIfExists(status());
            } else {
                fill(account, snapshot);
            }
            Files.writeString(owner(), holder.toString());
        } catch (IOException failure) {
            throw new PaddockException("can't use the folder " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** Says that the server lives with another process now. */
    public void handOver(ProcessStamp holder) {
        try {
            Files.writeString(owner(), holder.toString());
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + path + ": " + failure.getMessage(), failure);
        }
    }

    private Path owner() {
        return path.resolve("owner");
    }

    /** PostgreSQL's own file of the server that works here. */
    private Path status() {
        return data().resolve("postmaster.pid");
    }

    /** The process whose server works here. */
    private Optional<Long> user() {
        try {
            if (!Files.exists(owner())) {
                // Perhaps somebody else's server, that knows nothing of Paddock.
                return new DataWorkers(data()).find().stream().findFirst().map(ProcessStamp::pid);
            }
            Optional<ProcessStamp> owner =
                    ProcessStamp.parse(Files.readString(owner())).filter(ProcessStamp::isAlive);
            return (owner.isPresent() ? owner : new DataWorkers(data()).stranger()).map(ProcessStamp::pid);
        } catch (NoSuchFileException released) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new PaddockException("can't read " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** Whether the server here is being shut down, as its eighth line says. */
    private boolean isStopping() {
        try {
            List<String> lines = UntrustedFile.read(status(), 1024).lines().toList();
            return lines.size() > 7 && lines.get(7).startsWith("stopping");
        } catch (IOException none) {
            return false;
        }
    }

    private void fill(Account account, Snapshot snapshot) throws IOException {
        Folders.sweep(path);
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> strangers = entries.filter(entry -> !OWN.contains(String.valueOf(entry.getFileName())))
                    .filter(entry -> !entry.equals(data()) || !Files.exists(unfinished()))
                    .toList();
            if (!strangers.isEmpty()) {
                throw new PaddockException(
                        path + " holds something else than a server's data: "
                                + strangers.get(0).getFileName(),
                        "name an empty folder, or one that does not exist");
            }
        }
        Folders.delete(data());
        Path draft = new Folders().draft(path);
        try {
            DataCopy.run(snapshot.data(), draft.resolve("data"));
            if (!account.own()) {
                give(draft.resolve("data"), ServerAccounts.ofMachine());
            }
            snapshot.describe(path);
            Files.writeString(unfinished(), "");
            // What has its name is whole, also after a power cut.
            FileSystemSync.of(path);
            Files.move(draft.resolve("data"), data(), StandardCopyOption.ATOMIC_MOVE);
            if (!account.own()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
            }
        } finally {
            Folders.delete(draft);
        }
    }

    /** To an account of the folder's own: what its server runs can't reach any other server's data then. */
    private static void give(Path data, ServerAccounts accounts) throws IOException {
        int account = accounts.newLasting();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path each : all.toList()) {
                boolean folder = Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS);
                Files.setPosixFilePermissions(
                        each, PosixFilePermissions.fromString(folder ? "rwx------" : "rw-------"));
                Files.setAttribute(each, "unix:uid", account, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(each, "unix:gid", accounts.group(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** The number of the account that its server has, where the folder has one of its own. */
    public OptionalInt account() {
        try {
            int owner = (int) Files.getAttribute(data(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return ServerAccounts.isLasting(owner) ? OptionalInt.of(owner) : OptionalInt.empty();
        } catch (IOException | UnsupportedOperationException none) {
            return OptionalInt.empty();
        }
    }

    /** All is done that makes the data what its first spec says. */
    void complete() {
        try {
            Files.deleteIfExists(unfinished());
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** The server has ended; the data stays. Children of a postmaster that was killed end now. */
    public void release() {
        try {
            if (Files.exists(owner())) {
                new DataWorkers(data()).kill();
            }
            Files.deleteIfExists(owner());
        } catch (IOException failure) {
            throw new PaddockException("can't release " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** Removes what {@link #take} put there. */
    public void discard() {
        try {
            Folders.delete(data());
            for (String own : OWN) {
                Files.deleteIfExists(path.resolve(own));
            }
            try (Stream<Path> rest = Files.list(path)) {
                if (rest.findAny().isEmpty()) {
                    Files.delete(path);
                }
            }
        } catch (IOException failure) {
            throw new PaddockException("can't empty " + path + ": " + failure.getMessage(), failure);
        }
    }
}
