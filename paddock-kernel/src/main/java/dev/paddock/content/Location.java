package dev.paddock.content;

import dev.paddock.model.InvalidSpecException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where content lies, as users write it: {@code classpath:db/migration}, {@code filesystem:path}, or a path.
 *
 * @param text as it was written
 * @param onClassPath whether the class path is where to look
 * @param path the rest of it; on the class path without slashes at its ends
 */
public record Location(String text, boolean onClassPath, String path) {
    private static final String CLASS_PATH = "classpath:";
    private static final String FILE_SYSTEM = "filesystem:";

    /** @throws InvalidSpecException if it can't be a location */
    public static Location parse(String text) {
        Location location = split(text.strip());
        if (location.path.isEmpty()) {
            throw new InvalidSpecException(
                    "'" + text + "' names no folder", "write classpath:db/migration, for example, or a path");
        }
        if (location.path.contains("*") || location.path.contains("?")) {
            throw new InvalidSpecException(
                    "'" + text + "' has a wildcard in it", "name the folder above, or add a layer for each folder");
        }
        return location;
    }

    /** A file or folder, whatever its path looks like. */
    public static Location of(Path path) {
        return new Location(path.toString(), false, path.toString());
    }

    private static Location split(String text) {
        if (text.startsWith(CLASS_PATH)) {
            return new Location(text, true, trimmed(text.substring(CLASS_PATH.length())));
        }
        if (text.startsWith(FILE_SYSTEM)) {
            return new Location(text, false, text.substring(FILE_SYSTEM.length()));
        }
        if (text.matches("[a-z][a-z0-9]+:.*") || text.toLowerCase(Locale.ROOT).startsWith(CLASS_PATH)) {
            throw new InvalidSpecException(
                    "'" + text + "' is no place that migrations are read from",
                    "begin with classpath: or filesystem:, or give a path");
        }
        return new Location(text, false, text);
    }

    private static String trimmed(String path) {
        int from = 0;
        int end = path.length();
        while (from < end && path.charAt(from) == '/') {
            from++;
        }
        while (end > from && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(from, end);
    }

    /** What is meant if it isn't on the class path. */
    public Path file() {
        return Path.of(path);
    }

    /** The location that this one, a file, lies in. */
    public Location folder() {
        int slash = Math.max(path.lastIndexOf('/'), onClassPath ? -1 : path.lastIndexOf(java.io.File.separatorChar));
        return new Location(text, onClassPath, slash < 0 ? "" : path.substring(0, Math.max(slash, 1)));
    }
}
