package dev.paddock.script;

import dev.paddock.home.Links;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One thing to be run. */
sealed interface Input {

    Path path();

    /**
     * SQL as text, compressed or not.
     *
     * @param within where it has to be when it is opened, if it wasn't named itself: a real path
     */
    record Script(Path path, Optional<Path> within, Packing packing) implements Input {

        InputStream open() throws IOException {
            return open(path, within);
        }

        static InputStream open(Path path, Optional<Path> within) throws IOException {
            return within.isPresent() ? Links.open(within.get(), path) : Files.newInputStream(path);
        }
    }

    /** A dump that only pg_restore can read: custom, tar or directory format. */
    record Archive(Path path) implements Input {}

    /** What can be read only once, so that nobody knows what it is before its turn has come. */
    record Stream(Path path) implements Input {}
}
