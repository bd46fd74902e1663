package dev.paddock.home;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The two places that Paddock keeps things in: the cache (binaries, snapshots; can be deleted when nothing runs) and the
 * state (what runs). Both belong to this account, and nobody else can write to them; that is looked at before a folder of them is first used.
 * Thread-safe.
 */
public final class PaddockHome {
    private final Path cache;
    private final Path state;
    private final Set<Path> safe = ConcurrentHashMap.newKeySet();

    private PaddockHome(Path cache, Path state) {
        this.cache = cache;
        this.state = state;
    }

    public Path cache() {
        return cache;
    }

    public Path state() {
        return state;
    }

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

    /**
     * Looks who could change what is in the cache.
     *
     * @throws PaddockException if that is somebody else
     */
    public void requireSafe() {
        requireSafe(cache);
    }

    private void requireSafe(Path folder) {
        if (!safe.contains(folder)) {
            OwnFolders.require(folder);
            safe.add(folder);
        }
    }

    /**
     * Lets others pass through the cache, by names that they know, to what is made for them there; they still can't list it.
     *
     * @return whether they can get as far as the cache at all
     */
    public boolean letPass(Account account) {
        boolean together = cache.resolveSibling("state").equals(state);
        Path top = together ? cache.resolve("..").normalize() : cache;
        if (!account.canReach(top.resolve("..").normalize())) {
            return false;
        }
        try {
            for (Path each : new Path[] {top, cache}) {
                OwnFolders.make(each);
                requireSafe(each);
                Set<PosixFilePermission> mode = Files.getPosixFilePermissions(each);
                if (mode.addAll(PosixFilePermissions.fromString("--x--x--x"))) {
                    Files.setPosixFilePermissions(each, mode);
                }
            }
            return true;
        } catch (IOException failure) {
            throw new PaddockException("can't change the mode of " + cache + ": " + failure.getMessage(), failure);
        }
    }

    private Path make(Path root, String name) {
        Path folder = root.resolve(name);
        try {
            requireSafe(root);
            OwnFolders.make(folder);
            // It may have been there before, and open while the folder above is closed again.
            requireSafe(folder);
            // Where all is read-only, much can be read; whoever writes is told so by the system.
            if (!Files.isWritable(folder) && !Files.getFileStore(folder).isReadOnly()) {
                throw new PaddockException(
                        folder + " is not writable for " + System.getProperty("user.name"),
                        "mend its owner and mode, or set PADDOCK_HOME to a folder of your own");
            }
            return folder;
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't make " + folder + ": "
                            + (failure instanceof AccessDeniedException denied
                                    ? "permission denied in "
                                            + Path.of(denied.getFile()).getParent()
                                    : failure instanceof FileAlreadyExistsException
                                            ? "something else than a folder has that name"
                                            : failure.getMessage()),
                    "set PADDOCK_HOME to a folder of your own that can be written to",
                    failure);
        }
    }
}
