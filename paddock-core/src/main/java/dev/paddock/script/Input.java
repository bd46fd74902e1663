package dev.paddock.script;

import java.nio.file.Path;

/** One thing to be run. */
sealed interface Input {

    Path path();

    /** SQL as text, compressed or not. */
    record Script(Path path, Packing packing) implements Input {}

    /** A dump that only pg_restore can read: custom, tar or directory format. */
    record Archive(Path path) implements Input {}

    /** What can be read only once, so that nobody knows what it is before its turn has come. */
    record Stream(Path path) implements Input {}
}
