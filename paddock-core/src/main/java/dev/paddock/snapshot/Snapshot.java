package dev.paddock.snapshot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An immutable, cleanly shut down data directory. Nothing may ever write below it: servers run on clones.
 *
 * @param name what the user calls it, if anything
 * @param folder holds the manifest and the data
 */
public record Snapshot(Optional<String> name, Manifest manifest, Path folder) {

    /** The data directory itself. */
    public Path data() {
        return folder.resolve("data");
    }

    public String id() {
        return manifest.id();
    }

    /** The name, or enough of the id to tell it from others. */
    public String label() {
        return name.orElseGet(() -> id().substring(0, 12));
    }
}
