package dev.paddock.home;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two places that Paddock keeps things in: the cache (binaries, snapshots; can be deleted when nothing runs) and the
 * state (what runs). Immutable and thread-safe.
 */
public record PaddockHome(Path cache, Path state) {

    /**
     * The user's own: {@code PADDOCK_HOME} if set, else the XDG base directories. The system property
     * {@code paddock.home} comes first where it is set, for it can be set in a test's JVM.
     */
    public static PaddockHome ofUser() {
        return of(System.getenv(), System.getProperty("paddock.home"));
    }

    static PaddockHome of(Map<String, String> environment, @Nullable String override) {
        String home = override != null ? override : environment.getOrDefault("PADDOCK_HOME", "");
        if (!home.isEmpty()) {
            return under(Path.of(home).toAbsolutePath());
        }
        return new PaddockHome(
                base(environment, "XDG_CACHE_HOME", ".cache"), base(environment, "XDG_STATE_HOME", ".local/state"));
    }

    /** Both under one folder. */
    public static PaddockHome under(Path folder) {
        return new PaddockHome(folder.resolve("cache"), folder.resolve("state"));
    }

    private static Path base(Map<String, String> environment, String variable, String fallback) {
        String set = environment.getOrDefault(variable, "");
        // The XDG specification: relative paths are invalid and to be ignored.
        Path base =
                set.startsWith("/") ? Path.of(set) : UserHome.of(environment).resolve(fallback);
        return base.resolve("paddock").toAbsolutePath();
    }

    /** {@code cache/name}, made if absent, readable by its owner only. */
    public Path cacheFolder(String name) {
        return make(cache, name);
    }

    /** {@code state/name}, made if absent, readable by its owner only. */
    public Path stateFolder(String name) {
        return make(state, name);
    }

    private static Path make(Path root, String name) {
        Path folder = root.resolve(name);
        try {
            if (!Files.isDirectory(folder)) {
                boolean posix =
                        root.getFileSystem().supportedFileAttributeViews().contains("posix");
                if (!Files.isDirectory(root)) {
                    Files.createDirectories(root.getParent());
                }
                for (Path each : new Path[] {root, folder}) {
                    if (!Files.isDirectory(each)) {
                        Files.createDirectories(each);
                        if (posix) {
                            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
                        }
                    }
                }
            }
            if (!Files.isWritable(folder)) {
                throw new PaddockException(
                        folder + " is not writable for " + System.getProperty("user.name"),
                        "mend its owner and mode, or set PADDOCK_HOME to a folder of your own");
            }
            return folder;
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't make " + folder + ": " + failure.getMessage(),
                    "mend the permissions of " + root.getParent() + ", or set PADDOCK_HOME to a folder of your own",
                    failure);
        }
    }
}
