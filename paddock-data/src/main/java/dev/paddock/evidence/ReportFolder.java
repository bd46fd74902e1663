package dev.paddock.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The folder of a report. Its files appear whole: whoever reads one while it is replaced sees the old or the new one. */
record ReportFolder(Path folder) {

    /** Without lines the file is removed. */
    Path replace(String name, List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            Files.deleteIfExists(folder.resolve(name));
            return folder.resolve(name);
        }
        Path draft = folder.resolve("." + name + ".draft");
        Files.deleteIfExists(draft);
        Files.write(draft, lines);
        return appear(draft, name);
    }

    /** The same for its owner's eyes only, from the first byte on. */
    Path replaceSecretly(String name, List<String> lines) throws IOException {
        Path draft = folder.resolve("." + name + ".draft");
        Files.deleteIfExists(draft);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(draft, lines);
        return appear(draft, name);
    }

    private Path appear(Path draft, String name) throws IOException {
        return Files.move(
                draft, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
