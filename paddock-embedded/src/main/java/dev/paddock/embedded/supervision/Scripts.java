package dev.paddock.embedded.supervision;

import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The supervisor's and the guard's scripts as files, one set per build, in the cache. */
record Scripts(Path supervisor, Path guard) {

    static Scripts in(PaddockHome home) {
        return new Scripts(unpack(home, "supervisor"), unpack(home, "guard"));
    }

    private static Path unpack(PaddockHome home, String name) {
        try (InputStream resource = Scripts.class.getResourceAsStream(name + ".sh")) {
            if (resource == null) {
                throw new PaddockException("paddock-embedded's jar lacks its " + name + " script", "build it anew");
            }
            byte[] content = resource.readAllBytes();
            Path file = home.cacheFolder("scripts")
                    .resolve(name + "-" + Integer.toHexString(java.util.Arrays.hashCode(content)) + ".sh");
            if (!Files.exists(file) || Files.size(file) != content.length) {
                Path written = Files.createTempFile(file.getParent(), name, "");
                Files.write(written, content);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + home.cache() + ": " + failure.getMessage(), null, failure);
        }
    }
}
