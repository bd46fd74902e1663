package dev.paddock.snapshot;

import dev.paddock.home.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An immutable, cleanly shut down data directory. Nothing may ever write below it: servers run on clones.
 *
 * @param name what the user calls it, if anything
 * @param folder holds the manifest and the data
 */
public record Snapshot(Optional<String> name, Manifest manifest, Path folder) {
    static final String IMAGES = "images";

    /** What is described by the manifest in a folder: a snapshot's own, or one that began as a copy of it. */
    public static Snapshot at(Path folder) {
        return new Snapshot(Optional.empty(), Manifest.read(folder), folder);
    }

    /** Describes a copy of it in another folder, for {@link #at}. */
    public void describe(Path copy) throws IOException {
        manifest.write(copy);
    }

    /** The images in registries that it was pushed to or pulled from, each with its digest. */
    public List<String> images() {
        Path file = folder.resolve(IMAGES);
        try {
            return Files.exists(file) ? WholeFile.read(file).lines().toList() : List.of();
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** The data directory itself. */
    public Path data() {
        return folder.resolve("data");
    }

    /** The digest of each file's content, by its name below the data directory; none where nobody has noted them. */
    public Map<String, String> digests() {
        return FileIndex.read(folder);
    }

    /** How much of the disk it takes, in bytes, with what engines keep beside the data. */
    public long stored() {
        long stored = manifest.stored();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                stored += Files.size(each);
            }
        } catch (IOException beingChanged) {
            // By somebody who uses it just now.
        }
        return stored;
    }

    public String id() {
        return manifest.id();
    }

    /** The name, or enough of the id to tell it from others. */
    public String label() {
        return name.orElseGet(() -> id().substring(0, 12));
    }
}
