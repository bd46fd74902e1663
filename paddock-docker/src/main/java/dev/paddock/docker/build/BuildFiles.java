package dev.paddock.docker.build;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What images are made of. */
final class BuildFiles {
    private static final int EXECUTABLE = 0100755;

    private BuildFiles() {}

    /** The folder of the server's image as an engine takes it: the same bytes each time, so that it knows what it has built already. */
    static byte[] postgres() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String file : List.of("Dockerfile", "docker-entrypoint.sh")) {
                byte[] content = read("postgres/" + file);
                TarArchiveEntry entry = new TarArchiveEntry(file);
                entry.setSize(content.length);
                entry.setMode(EXECUTABLE);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** The script that makes a Debian. */
    static String rootFileSystemScript() throws IOException {
        return new String(read("debian/rootfs.sh"), StandardCharsets.UTF_8);
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = BuildFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }
}
