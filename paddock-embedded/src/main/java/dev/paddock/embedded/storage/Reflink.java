package dev.paddock.embedded.storage;

import dev.paddock.home.PaddockHome;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the cache's file system can share blocks between files. */
final class Reflink {
    private Reflink() {}

    /** Why not, or nothing if it can; found out by doing it. */
    static Optional<String> refusal(PaddockHome home) {
        Path folder = home.cacheFolder("locks");
        try {
            Path from = WholeFile.draft(folder);
            Path to = Path.of(from + ".clone");
            try {
                Files.write(from, new byte[8192]);
                boolean mac = System.getProperty("os.name", "").startsWith("Mac");
                Process copy = new ProcessBuilder("cp", mac ? "-c" : "--reflink=always", from.toString(), to.toString())
                        .redirectErrorStream(true)
                        .start();
                String answer = new String(copy.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                return copy.waitFor() == 0 ? Optional.empty() : Optional.of(answer);
            } finally {
                Files.deleteIfExists(from);
                Files.deleteIfExists(to);
            }
        } catch (IOException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", interrupted);
        }
    }
}
