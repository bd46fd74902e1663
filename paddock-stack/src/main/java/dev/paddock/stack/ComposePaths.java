package dev.paddock.stack;

import java.nio.file.Path;

/**
 * The host's files as a Compose file names them.
 *
 * @param folder that it is in
 */
record ComposePaths(Path folder) {

    /** Relative if it is below the folder, so that both can move. */
    String seen(Path path) {
        Path whole = folder.toAbsolutePath().normalize();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(whole) ? "./" + whole.relativize(absolute) : absolute.toString();
    }
}
