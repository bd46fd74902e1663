package dev.paddock.embedded.installation;

import dev.paddock.home.Links;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of an extension.
 *
 * @param within the real path of the folder that the user named: what isn't below that is not read
 */
record ExtensionFile(Path within, Path path) {

    /**
     * Which file it is and since when it is as it is: the kernel notes the moment of each change, and nobody but root can set it. So this
     * tells as surely as its content, and needn't read it.
     */
    String identity() throws IOException {
        Path real = path.toRealPath();
        boolean unix = real.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> facts = Files.readAttributes(
                real, unix ? "unix:dev,ino,ctime,size" : "size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        return real + "|" + new TreeMap<>(facts);
    }

    /** Whatever others exchange for links meanwhile. The target is not there yet. */
    void copyTo(Path target, String mode) throws IOException {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (InputStream in = Links.open(within, path)) {
            Files.copy(in, target);
        }
        if (posix) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        }
    }
}
