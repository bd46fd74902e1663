package dev.paddock.postgres;

import dev.paddock.closing.Closer;
import dev.paddock.home.Account;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.FileSystemSync;
import dev.paddock.home.Folders;
import dev.paddock.home.OwnFolders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.ServerAccounts;
import dev.paddock.home.SignOfLife;
import dev.paddock.home.UntrustedFile;
import dev.paddock.home.WholeFile;
import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Term;
import dev.paddock.snapshot.Snapshot;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of the user's that holds a server's data: {@code data}, the data directory; {@code manifest.properties}, what the
 * snapshot's says that it began as; {@code owner}, the process whose server works on it now, which keeps that file locked, and leaves it behind if it is killed. Two
 * servers never work on one: PostgreSQL's own safeguard doesn't see through namespaces.
 */
public record DiskFolder(Path path) {
    private static final String MANIFEST = "manifest.properties";
    /** What stands beside the data. */
    private static final List<String> OWN = List.of(MANIFEST, "owner", KeptConnection.FILE, UnfinishedMark.FILE);
    /** Of a server that has shut down in order, where the state is in its data's control file, in every version. */
    private static final int SHUT_DOWN = 1;

    private static final int STATE_AT = 16;

    /** A server whose owner was killed a moment ago is told to end by now. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private static final Duration TO_STOP = Duration.ofSeconds(60);

    public Path data() {
        return path.resolve("data");
    }

    /** Whether something in the folder, by its name, is what Paddock puts beside the data, or left there when it was killed. */
    public static boolean isOwn(Path entry) {
        return OWN.contains(String.valueOf(entry.getFileName())) || Folders.isDraft(entry) || WholeFile.isDraft(entry);
    }

    /** Whether a server can go on with what is in it. What was never made complete doesn't count: that is made anew. */
    public boolean hasData() {
        return Files.isRegularFile(data().resolve("PG_VERSION"), LinkOption.NOFOLLOW_LINKS) && !mark().isSet();
    }

    /** @throws PaddockException if there is nothing in it that a server could go on with */
    public void requireData() {
        if (!hasData()) {
            throw new PaddockException(
                    path + " holds no data of a server of Paddock's",
                    Hint.naming(
                            "name a folder that was given with {}; with Docker, any data directory can be cloned",
                            Term.DISK));
        }
    }

    /**
     * A server may have given a name in its data to a file of somebody else's. A copy of that would be the server's own.
     *
     * @throws PaddockException if there is such a file
     */
    private void requireOneOwner() {
        try (Stream<Path> all = Files.walk(data())) {
            Object owner = Files.getAttribute(data(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
            for (Path each : all.toList()) {
                if (owner.equals(Files.getAttribute(each, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                    continue;
                }
                if (CatalogCache.isPart(each)) {
                    // Lent to the server, which makes its own when it starts the next time.
                    Files.delete(each);
                    continue;
                }
                throw new PaddockException(
                        each + " belongs to another account than the data that it is in, so no copy is made of it",
                        "remove it, or give it to the owner of " + data());
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new PaddockException("can't read " + path + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Keeps servers from the data until what is returned is closed, so that a copy can be made of it.
     *
     * @throws PaddockException if there is none, a server works on it, or there is a file of somebody else's in it
     */
    public FileLockScope hold(PaddockHome home) {
        requireData();
        try {
            FileLockScope lock = lock(home);
            try {
                requireUnused();
                requireData();
                requireOneOwner();
                return lock;
            } catch (RuntimeException failure) {
                throw Closer.after(failure, lock::close);
            }
        } catch (IOException failure) {
            throw new PaddockException("can't use the folder " + path + ": " + failure.getMessage(), failure);
        }
    }

    private Path connection() {
        return path.resolve(KeptConnection.FILE);
    }

    private UnfinishedMark mark() {
        return new UnfinishedMark(path);
    }

    /** The snapshot that the data began as, described as if it still were that. */
    public Snapshot origin() {
        Path manifest = path.resolve(MANIFEST);
        if (!Files.exists(manifest)) {
            throw new PaddockException(
                    path + " holds a server's data, but not the file " + MANIFEST
                            + ", which tells what PostgreSQL wrote it",
                    "put that file back from a backup; with Docker, the data directory " + data()
                            + " can be cloned as it is");
        }
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
        Optional<ProcessStamp> user = user();
        if (user.filter(ProcessStamp::isOutOfSight).isPresent()) {
            throw new PaddockException(
                    "a server of another container is running on " + path + ", or was when that container ended",
                    "stop it there; if that container is gone, remove the file " + owner());
        }
        if (user.isPresent() && SignOfLife.isGone(owner())) {
            throw new PaddockException(
                    path + " is a copy of a folder that a server was running on (process "
                            + user.get().pid() + "), so its data may be torn",
                    "stop that server and copy the folder again, or make a snapshot of the server; if the copy was made in one"
                            + " instant, as a file system's snapshot is, remove " + owner());
        }
        if (user.isPresent()) {
            throw new PaddockException(
                    "a server is running on " + path + " (process " + user.get().pid() + ")",
                    "stop it first, see: paddock ls");
        }
        if (Files.exists(owner())) {
            new DataWorkers(data()).kill();
        }
    }

    /**
     * Takes the folder for a server that lives with the process {@code holder}, and fills it with a copy of the snapshot if it is empty.
     *
     * @param continued whether it had data when that was last looked at, without a lock
     * @throws PaddockException if another server works on it or has done so meanwhile, something else is in it, or another account could exchange it
     */
    public void take(PaddockHome home, Account account, Snapshot snapshot, ProcessStamp holder, boolean continued) {
        OwnFolders.requireForData(path);
        try (FileLockScope lock = lock(home)) {
            // It wasn't there a moment ago, and somebody else may have made it.
            OwnFolders.requireForData(path);
            requireUnused();
            if (hasData() != continued) {
                throw new PaddockException(
                        "another server has just " + (continued ? "removed its data from " : "put its data into ")
                                + path,
                        "try again");
            }
            if (continued) {
                // A server that was killed has left it. It says that all is ready, and names a process that may be
                // another one now.
                Files.deleteIfExists(status());
            } else {
                fill(account, snapshot);
            }
            Files.deleteIfExists(owner());
            note(holder);
        } catch (IOException failure) {
            throw new PaddockException("can't use the folder " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** Held while it is found out whose the folder is, by whichever of its names; the folder is there then. */
    private FileLockScope lock(PaddockHome home) throws IOException {
        OwnFolders.make(path);
        String name = "disk-" + Integer.toHexString(path.toRealPath().toString().hashCode());
        return FileLockScope.acquire(home, name, Duration.ofMinutes(10));
    }

    /** Says that the server lives with another process now. */
    public void handOver(ProcessStamp holder) {
        try {
            note(holder);
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** In the very file that is kept locked; through a link it would be another. */
    private void note(ProcessStamp holder) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(
                owner(),
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            file.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)));
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
    private Optional<ProcessStamp> user() {
        try {
            if (!Files.exists(owner())) {
                // Perhaps somebody else's server, that knows nothing of Paddock.
                return new DataWorkers(data()).find().stream().findFirst();
            }
            Optional<ProcessStamp> noted = ProcessStamp.parse(WholeFile.read(owner()));
            if (noted.isEmpty()) {
                // A damaged note tells nothing: whatever works here may be somebody's.
                return new DataWorkers(data()).find().stream().findFirst();
            }
            return noted.filter(holder -> SignOfLife.mayLive(holder, owner()))
                    .or(() -> new DataWorkers(data()).stranger());
        } catch (NoSuchFileException released) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't read " + owner() + ": " + failure.getMessage(),
                    "if no server runs on " + path + ", remove that file",
                    failure);
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
                    .filter(entry -> !entry.equals(data()) || !mark().isSet())
                    .filter(entry -> !WholeFile.isDraft(entry))
                    .toList();
            strangers.stream().filter(Folders::isDraft).findFirst().ifPresent(draft -> {
                throw new PaddockException(
                        "another process is putting data into " + path + ", or one of another container was",
                        "try again when it has done so; if there is none any more, remove " + draft);
            });
            if (!strangers.isEmpty()) {
                throw new PaddockException(
                        path + " holds something else than a server's data: "
                                + strangers.get(0).getFileName(),
                        "name an empty folder, or one that does not exist");
            }
        }
        if (Files.exists(connection()) && !Files.exists(data(), LinkOption.NOFOLLOW_LINKS)) {
            throw new PaddockException(
                    path + " tells how a server is connected to, but its data is gone",
                    "put the folder data back from a backup; to begin with an empty server, remove " + connection());
        }
        mark().requireOf(data());
        removeData();
        Path draft = new Folders().draft(path);
        try {
            // Until the copy has an account of its own, it belongs to one that others may have too.
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
            DataCopy.run(snapshot.data(), draft.resolve("data"));
            mark().set(draft.resolve("data"));
            if (!account.own()) {
                give(draft.resolve("data"), ServerAccounts.ofMachine());
            }
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

    /** Before it is noted that all is done which makes the data what its first spec says: has that written to the disk. */
    void sync() {
        try {
            if (mark().isSet()) {
                FileSystemSync.of(path);
            }
        } catch (IOException failure) {
            throw new PaddockException("can't write " + path + " to the disk: " + failure.getMessage(), failure);
        }
    }

    /** All is done that makes the data what its first spec says. */
    void complete() {
        try {
            mark().clear(data());
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + path + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * The server has ended; the data stays. Children of a postmaster that was killed end now. Nothing is done where another server has come to work
     * on it meanwhile.
     *
     * @param holder the process that the ended server lived with
     */
    public void release(ProcessStamp holder) {
        try {
            if (!Files.exists(owner()) || isOfAnother(holder)) {
                return;
            }
            new DataWorkers(data()).kill();
            Files.deleteIfExists(owner());
        } catch (IOException failure) {
            throw new PaddockException("can't release " + path + ": " + failure.getMessage(), failure);
        }
    }

    private boolean isOfAnother(ProcessStamp holder) {
        try {
            return ProcessStamp.parse(WholeFile.read(owner()))
                    .filter(noted -> !noted.equals(holder) && SignOfLife.mayLive(noted, owner()))
                    .isPresent();
        } catch (IOException damaged) {
            // Nobody takes a folder with such a note, so it can only be the ended server's.
            return false;
        }
    }

    /**
     * To be asked when a server has just been shut down.
     *
     * @param lastLogLines its own last words
     * @throws PaddockException if it didn't come to the end of that, so that what was committed last may be missing
     */
    public void requireShutDown(List<String> lastLogLines) {
        if (!isShutDown()) {
            throw new PaddockException(
                    "the server on " + path + " did not come to shut down in order"
                            + lastLogLines.stream()
                                    .filter(line -> line.contains("PANIC:") || line.contains("FATAL:"))
                                    .reduce((first, second) -> second)
                                    .map(line -> ": " + line)
                                    .orElse(""),
                    "look whether what was committed last is there; the next server on the folder recovers the rest");
        }
    }

    /** Also where that can't be told. */
    private boolean isShutDown() {
        try {
            byte[] start = UntrustedFile.read(data().resolve("global/pg_control"), STATE_AT + Integer.BYTES)
                    .getBytes(StandardCharsets.ISO_8859_1);
            return start.length < STATE_AT + Integer.BYTES
                    || ByteBuffer.wrap(start).order(ByteOrder.nativeOrder()).getInt(STATE_AT) == SHUT_DOWN;
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** At once: half of it would be taken for data, or for somebody else's, by whoever comes after this process was killed. */
    private void removeData() throws IOException {
        if (Files.exists(data(), LinkOption.NOFOLLOW_LINKS)) {
            Path draft = new Folders().draft(path);
            Files.move(data(), draft.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(draft);
        }
    }

    /** Removes what {@link #take} put there. */
    public void discard() {
        try {
            removeData();
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
