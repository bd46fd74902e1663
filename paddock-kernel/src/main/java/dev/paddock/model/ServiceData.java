package dev.paddock.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Data that a service is to begin with: made once, by starting the service and restoring into it, and kept as an image.
 *
 * @param path where the service keeps its data, absolute
 * @param files files and folders of the host's that are needed to make it
 * @param at where the container that makes it sees them
 * @param restore a command run in the service once it is ready; if empty, its own start does all
 * @param timeout how long it may take to make it
 */
public record ServiceData(String path, List<Path> files, String at, List<String> restore, Duration timeout) {
    /** Where files are seen if nothing else is said. */
    public static final String RESTORE = "/restore";

    public ServiceData {
        files = List.copyOf(files);
        restore = List.copyOf(restore);
        requireBelowRoot(path);
        requireBelowRoot(at);
    }

    private static void requireBelowRoot(String path) {
        if (!path.matches("(?:/[^/\\s:]+)+")) {
            throw new InvalidSpecException(
                    "'" + path + "' can't be a folder of a container's data", "name an absolute path below /");
        }
    }
}
