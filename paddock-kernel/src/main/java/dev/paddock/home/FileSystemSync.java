package dev.paddock.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Has all files of a folder written to the disk. One call of the kernel's for the whole file system takes some 20 ms for a thousand small
 * files, and nothing if they are there already; one call for each takes ten times as long.
 */
public final class FileSystemSync {
    private static final long PATIENCE = 120;

    private FileSystemSync() {}

    /** Blocks until they are there. */
    public static void of(Path folder) throws IOException {
        if (!bySystem(folder)) {
            byFile(folder);
        }
    }

    /** False where there is no such program, or one that can't. */
    private static boolean bySystem(Path folder) throws IOException {
        Process sync;
        try {
            sync = new ProcessBuilder(List.of("sync", "-f", folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchProgram) {
            return false;
        }
        try {
            if (!sync.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                throw new IOException("the disk of " + folder + " takes longer than " + PATIENCE + " s");
            }
            return sync.exitValue() == 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        } finally {
            sync.destroyForcibly();
        }
    }

    private static void byFile(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
                        || Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    WholeFile.sync(each);
                }
            }
        }
    }
}
