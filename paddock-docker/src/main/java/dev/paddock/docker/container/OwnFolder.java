package dev.paddock.docker.container;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.HostConfig;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.engine.FileLog;
import dev.paddock.home.Account;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A folder of the host's for one container, which nobody else may pass to. The container never sees the folder itself, only these in it:
 *
 * <ul>
 *   <li>{@code config}, at {@link #CONFIG}: written by the host, only read by the container;
 *   <li>{@code shared}, at {@link #SHARED}: any process of the container may write to it, so the host opens nothing there; it {@linkplain #take
 *       takes} what it wants;
 *   <li>{@code inside}, at {@link #INSIDE}: for the container alone.
 * </ul>
 *
 * @param path as the host sees it
 */
public record OwnFolder(Path path) {
    /** Where processes in the container find PostgreSQL's socket. */
    public static final String INSIDE = "/run/paddock";

    public static final String CONFIG = "/run/paddock-config";
    public static final String SHARED = "/run/paddock-shared";

    private static final Folders FOLDERS = new Folders();
    /** The address of a Unix socket has 108 bytes; this leaves room for the names of the folder and the socket. */
    private static final int LONGEST_PARENT = 40;

    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
    /** Whoever makes one has this long to start the container that it is for. */
    private static final Duration UNSTARTED = Duration.ofMinutes(10);

    /** A new one; swept up by the next who makes one if this process dies. */
    public static OwnFolder create(PaddockHome home) {
        return make(() -> FOLDERS.draft(parent(home)));
    }

    /** A new one that this process may leave behind; swept up when it is no container's of that engine any more. */
    public static OwnFolder createStanding(PaddockHome home, String engine) {
        return make(() -> Files.createTempDirectory(parent(home), standing(engine)));
    }

    private static String standing(String engine) {
        return "standing-" + Integer.toHexString(engine.hashCode()) + "-";
    }

    private interface Maker {
        Path make() throws IOException;
    }

    private static OwnFolder make(Maker maker) {
        try {
            OwnFolder own = new OwnFolder(maker.make());
            permit(Files.createDirectory(own.config()), "rwxr-xr-x");
            permit(Files.createDirectory(own.shared().path()), "rwxrwxrwx");
            permit(Files.createDirectory(own.inside()), "rwxrwxrwx");
            return own;
        } catch (IOException failure) {
            throw new PaddockException("can't make a folder for a container: " + failure.getMessage(), failure);
        }
    }

    /** Whatever this process's mask says. */
    private static Path permit(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private Path config() {
        return path.resolve("config");
    }

    private Path inside() {
        return path.resolve("inside");
    }

    /** Whether its script has said that the time to live is over. */
    public boolean isExpired() {
        return Files.exists(inside().resolve("expired"), LinkOption.NOFOLLOW_LINKS);
    }

    private SharedFolder shared() {
        return new SharedFolder(path.resolve("shared"));
    }

    private static Path parent(PaddockHome home) throws IOException {
        Path own = home.stateFolder("docker");
        if (own.toString().length() <= LONGEST_PARENT) {
            return own;
        }
        CheckedFile memory = new CheckedFile(own.resolve("brief"));
        Optional<Path> known = brief(memory);
        if (known.isPresent()) {
            return known.get();
        }
        try (FileLockScope lock = FileLockScope.acquire(home, "docker-folders", Duration.ofMinutes(1))) {
            known = brief(memory);
            if (known.isPresent()) {
                return known.get();
            }
            // By a name that nobody can foresee, and so be there before.
            Path brief = Files.createDirectory(
                    Path.of(
                            System.getProperty("java.io.tmpdir", "/tmp"),
                            "paddock-" + Long.toString(new SecureRandom().nextLong() >>> 24, 36)),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            memory.keep(brief.toString());
            return brief;
        }
    }

    /** The one that was made before, if it is there, and still nobody else's. */
    private static Optional<Path> brief(CheckedFile memory) {
        return memory.read().map(Path::of).filter(OwnFolder::isPrivate);
    }

    private static boolean isPrivate(Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(Account.self())
                    && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                            .equals(PosixFilePermissions.fromString("rwx------"));
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Removes those of containers that stood without an owner and are gone.
     *
     * @param used those of the engine's containers that there are
     */
    public static void sweep(PaddockHome home, String engine, Set<String> used) {
        try (Stream<Path> folders = Files.list(parent(home))) {
            for (Path folder : folders.toList()) {
                FileTime made = Files.getLastModifiedTime(folder);
                if (folder.getFileName().toString().startsWith(standing(engine))
                        && !used.contains(folder.toString())
                        && made.toInstant().isBefore(Instant.now().minus(UNSTARTED))) {
                    Folders.delete(folder);
                }
            }
        } catch (IOException inUseStill) {
            // Swept up by the next.
        }
    }

    /** Writes a file that the container may read whoever it runs as. */
    public void write(String name, List<String> lines) {
        Path file = config().resolve(name);
        try {
            permit(Files.write(file, lines), "rw-r--r--");
        } catch (IOException failure) {
            throw new PaddockException("can't write " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Has all that the host has put there written to the disk: a server that outlives a power cut finds it again. */
    public void settle() throws IOException {
        for (Path folder : List.of(config(), path)) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path file : entries.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    WholeFile.sync(file);
                }
            }
            WholeFile.sync(folder);
        }
        WholeFile.sync(path.resolveSibling(".").normalize());
    }

    /** A file that the container doesn't see. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Begins a log that the container writes to under {@link #SHARED}. The host reads it by a name of its own, so that it stays this file whatever the
     * container makes of its name.
     */
    public void beginLog() {
        try {
            permit(Files.createFile(file("log")), "rw-rw-rw-");
            Files.createLink(shared().path().resolve("log"), file("log"));
        } catch (IOException failure) {
            throw new PaddockException("can't make " + file("log") + ": " + failure.getMessage(), failure);
        }
    }

    /** Whether the container says something by a file of that name; anything in it may. */
    public boolean isSaid(String name) {
        return shared().has(name);
    }

    /**
     * Takes a file from the container, which can't exchange it from then on.
     *
     * @return where it is now, or nothing if there was none
     * @throws PaddockException if that is no plain file
     */
    public Optional<Path> take(String name) {
        return shared().take(name, file(name));
    }

    /** Where clients of the host find the server that listens on that port, once its socket has been taken. */
    public Path socket(int port) {
        return file(SharedFolder.SOCKET + port);
    }

    /**
     * Takes the socket that a server listens on. One that was started anew has a new one.
     *
     * @return whether there is one, now or from before
     */
    public boolean takeSocket(int port) {
        return shared().takeSocket(port, socket(port));
    }

    /** Has a container see what it is to see of it. */
    public void bindTo(HostConfig host) {
        HostPaths.shared(host, config(), CONFIG);
        HostPaths.own(host, shared().path(), SHARED);
        HostPaths.own(host, inside(), INSIDE);
    }

    /**
     * Says so, if an engine refused a container because it doesn't have this folder.
     *
     * @param engine its address
     * @param other what else it was to show
     */
    public void requireSeen(String engine, Optional<Path> other, DockerException refused) {
        String reason = EngineFailure.reason(refused);
        if (!reason.contains("does not exist") && !reason.contains("no such file or directory")) {
            return;
        }
        for (Path needed : other.map(more -> List.of(path, more)).orElse(List.of(path))) {
            if (reason.contains(needed.toString()) && Files.exists(needed)) {
                throw new PaddockException(
                        "the engine at " + engine
                                + " doesn't see the files of this machine, by which Paddock speaks with"
                                + " its servers: it has no " + needed,
                        "run Paddock on the engine's own machine; in a container of that engine, give it the host's"
                                + " network, and the folder that PADDOCK_HOME names, called the same on the host",
                        refused);
            }
        }
    }

    /** What the server in it logs; of one that logs to its engine, what that has passed on while it was owned. */
    public FileLog log() {
        FileLog own = new FileLog(file("log"));
        return own.size() > 0 ? own : new FileLog(file("output"));
    }

    /** What its programs have closed to others the container removes itself, which may take a moment longer than its server. */
    public void delete() {
        if (!Deadline.in(LAST_MOMENT).await(this::isDeleted)) {
            LoggerFactory.getLogger(OwnFolder.class)
                    .info("left behind: {}, in which a container has what only its own account may remove", path);
        }
    }

    private boolean isDeleted() {
        try {
            Folders.delete(path);
            return true;
        } catch (IOException inUseStill) {
            // If it stays so, it is swept up by the next.
            return false;
        }
    }
}
