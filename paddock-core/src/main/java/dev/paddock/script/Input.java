package dev.paddock.script;

import java.nio.file.Path;

/** One thing to be run. */
sealed interface Input {

    Path path();

    /** SQL as text, compressed or not. */
    record Script(Path path, boolean gzipped) implements Input {}

    /** A dump that only pg_restore can read: custom, tar or directory format. */
    record Archive(Path path) implements Input {}
}
