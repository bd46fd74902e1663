package dev.paddock.docker.container;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.HostConfig;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.engine.FileLog;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of the host's that a container sees as {@code /run/paddock}: its configuration, its socket, and what is taken out of it. Anybody
 * may write to it, as the container's user has a number of its own, but nobody else may pass through the folder that it is in.
 *
 * @param path as the host sees it
 */
public record OwnFolder(Path path) {
    public static final String INSIDE = "/run/paddock";

    private static final Folders FOLDERS = new Folders();
    /** The address of a Unix socket has 108 bytes; this leaves room for the names of the folder and the socket. */
    private static final int LONGEST_PARENT = 50;
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
            return new OwnFolder(
                    Files.setPosixFilePermissions(maker.make(), PosixFilePermissions.fromString("rwxrwxrwx")));
        } catch (IOException failure) {
            throw new PaddockException("can't make a folder for a container: " + failure.getMessage(), null, failure);
        }
    }

    private static Path parent(PaddockHome home) throws IOException {
        Path own = home.stateFolder("docker");
        if (own.toString().length() <= LONGEST_PARENT) {
            return own;
        }
        Path brief = Path.of(
                System.getProperty("java.io.tmpdir", "/tmp"),
                "paddock-" + Files.getAttribute(own, "unix:uid") + "-" + Integer.toHexString(own.hashCode()));
        if (!Files.isDirectory(brief)) {
            try {
                Files.createDirectory(
                        brief, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (java.nio.file.FileAlreadyExistsException bySomebodyJustNow) {
                // Whether it is ours is seen below.
            }
        }
        if (!Files.getOwner(brief, java.nio.file.LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))
                || Files.getPosixFilePermissions(brief, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                                .size()
                        != 3) {
            throw new IOException(brief + " is somebody else's");
        }
        return brief;
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

    /** Writes a file that the container may read whoever it runs as, and whatever this process's mask says. */
    public void write(String name, List<String> lines) {
        try {
            Files.write(path.resolve(name), lines);
            Files.setPosixFilePermissions(path.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't write " + path.resolve(name) + ": " + failure.getMessage(), null, failure);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(path.resolve(name));
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't remove " + path.resolve(name) + ": " + failure.getMessage(), null, failure);
        }
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** Has a container see it. */
    public void bindTo(HostConfig host) {
        HostPaths.own(host, path, INSIDE);
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
        Path own = file("log");
        return new FileLog(Files.exists(own) ? own : file("output"));
    }

    public void delete() {
        try {
            Folders.delete(path);
        } catch (IOException inUseStill) {
            // Swept up by the next.
        }
    }
}
