package dev.paddock.embedded.supervision;

import dev.paddock.home.PaddockHome;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/** The supervisor's and the guard's scripts as files, one set per build, in the cache. */
record Scripts(Path supervisor, Path guard) {
    private static final String FOLDER = "scripts";
    private static final String SUPERVISOR = "supervisor";

    static Scripts in(PaddockHome home) {
        return new Scripts(unpack(home, SUPERVISOR), unpack(home, "guard"));
    }

    /** Whether a file is the supervisor's script of some build. */
    static boolean isSupervisor(String file) {
        return file.matches("(?s).*/" + FOLDER + "/" + SUPERVISOR + "-[0-9a-f]+\\.sh");
    }

    private static Path unpack(PaddockHome home, String name) {
        try {
            ByteArrayOutputStream script = new ByteArrayOutputStream(16 * 1024);
            // What both can do comes first.
            for (String part : new String[] {"memory", "programs", name}) {
                try (InputStream resource = Scripts.class.getResourceAsStream(part + ".sh")) {
                    if (resource == null) {
                        throw new PaddockException(
                                "paddock-embedded's jar lacks its " + part + " script", "build it anew");
                    }
                    resource.transferTo(script);
                }
            }
            byte[] content = script.toByteArray();
            Path file = home.cacheFolder(FOLDER)
                    .resolve(name + "-" + Integer.toHexString(Arrays.hashCode(content)) + ".sh");
            if (!holds(file, content)) {
                WholeFile.write(file, content);
            }
            return file;
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + home.cache() + ": " + failure.getMessage(), failure);
        }
    }

    /** To be run it has to be right to the last byte: a size alone says nothing of who wrote it. */
    private static boolean holds(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.isReadable(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }
}
