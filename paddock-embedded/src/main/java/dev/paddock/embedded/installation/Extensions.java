package dev.paddock.embedded.installation;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds extensions from folders to an installation without touching it or depending on the folders later: what they hold is
 * copied into the cache, anew when it has changed. Thread-safe; holds nothing open.
 */
public final class Extensions {
    /** From here on PostgreSQL itself looks for extensions in other places, if told to. */
    private static final int HAS_CONTROL_PATH = 18;

    private final PaddockHome home;
    private final CachedTrees trees;

    private Extensions(PaddockHome home, CachedTrees trees) {
        this.home = home;
        this.trees = trees;
    }

    /** Kept in that cache. */
    public static Extensions in(PaddockHome home) {
        return in(home, new CachedTrees(home));
    }

    /** The same; {@code trees} knows what becomes of those that it makes. */
    public static Extensions in(PaddockHome home, CachedTrees trees) {
        return new Extensions(home, trees);
    }

    /**
     * The installation with the extensions of the folders; where two have the same file, the later folder's. A folder may
     * hold {@code share/extension} and {@code lib}, or {@code extension} and {@code lib}, or the files themselves, or what
     * {@code make install DESTDIR=} has put there.
     *
     * @throws PaddockException when a folder holds no extension, can't be read, or the cache not be written
     */
    public Extended apply(Installation installation, List<Path> folders) {
        if (folders.isEmpty()) {
            return new Extended(installation, Optional.empty(), Map.of());
        }
        ExtensionFiles files = ExtensionFiles.none();
        for (Path folder : folders) {
            files = files.and(ExtensionFiles.in(folder, installation.version().major()));
        }
        try {
            // In those settings, what keeps folders apart can't be part of one.
            boolean settingsDo = installation.version().major() >= HAS_CONTROL_PATH
                    && files.onlyExtensions()
                    && !home.cache().toString().contains(File.pathSeparator);
            return settingsDo ? bySettings(installation, files) : byView(installation, files);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't add the extensions of " + folders + ": " + failure,
                    "check that they can be read, and that there is room in " + home.cache(),
                    failure);
        }
    }

    private Extended bySettings(Installation installation, ExtensionFiles files) throws IOException {
        String described = files.describe();
        Path folder = home.cacheFolder("extensions").resolve(Fingerprint.of(described));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Staging staging = Staging.open(home.cacheFolder("extensions"), trees.seals())) {
                files.copyTo(staging.tree().resolve("share"), staging.tree().resolve("lib"), described);
                staging.publish(folder);
            }
        }
        return new Extended(
                installation,
                Optional.of(folder),
                Map.of(
                        "extension_control_path", folder.resolve("share") + File.pathSeparator + "$system",
                        "dynamic_library_path", folder.resolve("lib") + File.pathSeparator + "$libdir"));
    }

    private Extended byView(Installation installation, ExtensionFiles files) throws IOException {
        String described = files.describe();
        String key = Fingerprint.of(installation.id() + "\n" + installation.bin() + "\n" + described);
        Path folder = home.cacheFolder("views").resolve(key);
        InstallationView view = InstallationView.of(installation, home.cache());
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Staging staging = Staging.open(home.cacheFolder("views"), trees.seals())) {
                view.make(staging.tree(), files, described);
                staging.publish(folder);
            }
        }
        return new Extended(
                new Installation(
                        installation.version(), folder.resolve(view.bin()), installation.id() + "-with-" + key),
                Optional.of(folder),
                Map.of());
    }
}
