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
     * Where it has to be when it is opened, as a real path: whoever can write beside it may have exchanged it for a link by then. Empty for what
     * this process has been given opened.
     */
    Optional<Path> within();

    /** SQL as text, compressed or not. */
    record Script(Path path, Optional<Path> within, Packing packing) implements Input {

        InputStream open() throws IOException {
            return open(path, within);
        }

        static InputStream open(Path path, Optional<Path> within) throws IOException {
            return within.isPresent() ? Links.open(within.get(), path) : Files.newInputStream(path);
        }
    }

    /** A dump that only pg_restore can read: custom, tar or directory format. */
    record Archive(Path path, Optional<Path> within) implements Input {}

    /** What can be read only once, so that nobody knows what it is before its turn has come. */
    record Stream(Path path, Optional<Path> within) implements Input {

        /** Takes until somebody has opened the other end of a named pipe. */
        InputStream open() throws IOException {
            return within.isPresent() ? Links.openPipe(within.get(), path) : Files.newInputStream(path);
        }
    }
}
