package dev.paddock.embedded.installation;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of extensions: those for the share folder and those for the folder of modules, each by its path inside.
 */
record ExtensionFiles(Map<String, ExtensionFile> share, Map<String, ExtensionFile> lib) {

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
            ExtensionFiles found = new ExtensionLayout(folder.toRealPath(), major).read();
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

    /** Differs when any file is another, or has changed. */
    String describe() throws IOException {
        StringBuilder text = new StringBuilder();
        describe("share/", share, text);
        describe("lib/", lib, text);
        return text.toString();
    }

    /**
     * Into these folders, in place of what has the same name there.
     *
     * @param described what {@link #describe} has said, which the copies are to be known by
     */
    void copyTo(Path shareFolder, Path libFolder, String described) throws IOException {
        Files.createDirectories(shareFolder);
        Files.createDirectories(libFolder);
        copy(share, shareFolder, "rw-r--r--");
        copy(lib, libFolder, "rwxr-xr-x");
        if (!describe().equals(described)) {
            throw new IOException("they were changed while they were read");
        }
    }

    private static void copy(Map<String, ExtensionFile> files, Path folder, String mode) throws IOException {
        for (Map.Entry<String, ExtensionFile> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling(".").normalize());
            Files.deleteIfExists(target);
            file.getValue().copyTo(target, mode);
        }
    }

    private static void describe(String kind, Map<String, ExtensionFile> files, StringBuilder text) throws IOException {
        for (Map.Entry<String, ExtensionFile> file : files.entrySet()) {
            text.append(kind)
                    .append(file.getKey())
                    .append('|')
                    .append(file.getValue().identity())
                    .append('\n');
        }
    }

    private static Map<String, ExtensionFile> merged(
            Map<String, ExtensionFile> first, Map<String, ExtensionFile> then) {
        Map<String, ExtensionFile> all = new TreeMap<>(first);
        all.putAll(then);
        return all;
    }
}
