package dev.paddock.server;

import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.FileSystemSync;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of the user's that holds a server's data: {@code data}, the data directory; {@code manifest.properties}, what the
 * snapshot's says that it began as; {@code owner}, the process whose server works on it now. Two servers never work on one: PostgreSQL's own
 * safeguard doesn't see through namespaces.
 */
public record DiskFolder(Path path) {

    public Path data() {
        return path.resolve("data");
    }

    public boolean hasData() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    /** The snapshot that the data began as, described as if it still were that. */
    public Snapshot origin() {
        return Snapshot.at(path);
    }

    /** @throws PaddockException if a server works on it */
    public void requireUnused() {
        try {
            Optional<Long> user = user();
            if (user.isPresent()) {
                throw new PaddockException(
                        "a server is running on " + path + " (process " + user.get() + ")",
                        "stop it first, see: paddock ls");
            }
        } catch (IOException failure) {
            throw new PaddockException("can't read " + path + ": " + failure.getMessage(), null, failure);
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
            if (!hasData()) {
                fill(account, snapshot);
            }
            Files.writeString(path.resolve("owner"), holder.toString());
        } catch (IOException failure) {
            throw new PaddockException("can't use the folder " + path + ": " + failure.getMessage(), null, failure);
        }
    }

    /** Says that the server lives with another process now. */
    public void handOver(ProcessStamp holder) {
        try {
            Files.writeString(path.resolve("owner"), holder.toString());
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + path + ": " + failure.getMessage(), null, failure);
        }
    }

    private Optional<Long> user() throws IOException {
        Path owner = path.resolve("owner");
        if (Files.exists(owner)) {
            Optional<ProcessStamp> stamp =
                    ProcessStamp.parse(Files.readString(owner)).filter(ProcessStamp::isAlive);
            if (stamp.isPresent()) {
                return stamp.map(ProcessStamp::pid);
            }
        }
        Path postmaster = data().resolve("postmaster.pid");
        if (!Files.exists(postmaster)) {
            return Optional.empty();
        }
        // Perhaps somebody else's server, that knows nothing of Paddock.
        List<String> lines = Files.readAllLines(postmaster, StandardCharsets.ISO_8859_1);
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            return Path.of("/proc/" + pid + "/cwd").toRealPath().equals(data().toRealPath())
                    ? Optional.of(pid)
                    : Optional.empty();
        } catch (IOException | RuntimeException nobody) {
            return Optional.empty();
        }
    }

    private void fill(Account account, Snapshot snapshot) throws IOException {
        Folders.sweep(path);
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> strangers = entries.filter(
                            entry -> !entry.endsWith("owner") && !entry.endsWith("manifest.properties"))
                    .toList();
            if (!strangers.isEmpty()) {
                throw new PaddockException(
                        path + " holds something else than a server's data: "
                                + strangers.get(0).getFileName(),
                        "name an empty folder, or one that does not exist");
            }
        }
        Path draft = new Folders().draft(path);
        try {
            DataCopy.run(snapshot.data(), draft.resolve("data"));
            snapshot.describe(path);
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

    /** The server has ended; the data stays. */
    public void release() {
        try {
            Files.deleteIfExists(path.resolve("owner"));
        } catch (IOException failure) {
            throw new PaddockException("can't release " + path + ": " + failure.getMessage(), null, failure);
        }
    }

    /** Removes what {@link #take} put there. */
    public void discard() {
        try {
            Folders.delete(data());
            Files.deleteIfExists(path.resolve("manifest.properties"));
            Files.deleteIfExists(path.resolve("owner"));
            Files.deleteIfExists(path.resolve("connection.properties"));
            try (Stream<Path> rest = Files.list(path)) {
                if (rest.findAny().isEmpty()) {
                    Files.delete(path);
                }
            }
        } catch (IOException failure) {
            throw new PaddockException("can't empty " + path + ": " + failure.getMessage(), null, failure);
        }
    }
}
