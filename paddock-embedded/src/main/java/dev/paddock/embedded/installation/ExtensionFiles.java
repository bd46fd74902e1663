package dev.paddock.embedded.installation;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The files of extensions: those for the share folder and those for the folder of modules, each by its path inside.
 */
record ExtensionFiles(Map<String, Path> share, Map<String, Path> lib) {

    static ExtensionFiles none() {
        return new ExtensionFiles(Map.of(), Map.of());
    }

    /** @throws PaddockException when there are none, or the folder can't be read */
    static ExtensionFiles in(Path folder, int major) {
        if (!Files.isDirectory(folder)) {
            throw new PaddockException(
                    folder + " is not a folder", "name one that holds extensions: *.control, *.sql and modules");
        }
        try {
            ExtensionFiles found = ExtensionLayout.read(folder.toRealPath(), major);
            if (found.share().isEmpty() && found.lib().isEmpty()) {
                throw new PaddockException(
                        folder + " holds no extension",
                        "put *.control and *.sql into share/extension and modules into lib there, or all of them right there");
            }
            return found;
        } catch (IOException failure) {
            throw new PaddockException(
                    "extensions in " + folder + " can't be read: " + failure, "mend their permissions", failure);
        }
    }

    /** With those of the other, which win. */
    ExtensionFiles and(ExtensionFiles other) {
        return new ExtensionFiles(merged(share, other.share), merged(lib, other.lib));
    }

    /** Nothing for the share folder but control files and scripts. */
    boolean onlyExtensions() {
        return share.keySet().stream().allMatch(name -> name.startsWith("extension/"));
    }

    /** Differs when any name, size or time of change does. */
    String describe() throws IOException {
        StringBuilder text = new StringBuilder();
        describe("share/", share, text);
        describe("lib/", lib, text);
        return text.toString();
    }

    /** Into these folders, in place of what has the same name there. */
    void copyTo(Path shareFolder, Path libFolder) throws IOException {
        Files.createDirectories(shareFolder);
        Files.createDirectories(libFolder);
        copy(share, shareFolder, "rw-r--r--");
        copy(lib, libFolder, "rwxr-xr-x");
    }

    private static void copy(Map<String, Path> files, Path folder, String mode) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling(".").normalize());
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(target);
            }
            Files.copy(file.getValue(), target, StandardCopyOption.COPY_ATTRIBUTES);
            if (posix) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
            }
        }
    }

    private static void describe(String kind, Map<String, Path> files, StringBuilder text) throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            BasicFileAttributes attributes = Files.readAttributes(file.getValue(), BasicFileAttributes.class);
            text.append(kind)
                    .append(file.getKey())
                    .append('|')
                    .append(attributes.size())
                    .append('|')
                    .append(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                    .append('\n');
        }
    }

    private static Map<String, Path> merged(Map<String, Path> first, Map<String, Path> then) {
        Map<String, Path> all = new TreeMap<>(first);
        all.putAll(then);
        return all;
    }
}
