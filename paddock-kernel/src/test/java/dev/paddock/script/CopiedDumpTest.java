package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.model.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopiedDumpTest {
    private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

    private static Set<Path> copies() throws IOException {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(TEMP, "paddock-archive*.dump")) {
            files.forEach(found::add);
        }
        return found;
    }

    @Test
    void theCopyOfADumpThatComesFromAPipeIsForItsReaderAlone(@TempDir Path folder) throws Exception {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v pg_restore").start().waitFor() == 0,
                "pg_restore is not installed");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Set<Path> before = copies();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            try (ScriptSource source = ScriptSource.open(new Input.Stream(pipe, Optional.empty()), Progress.NONE)) {
                source.text().readAllBytes();
            } catch (IOException | RuntimeException noDump) {
                // What is read is nothing that pg_restore could restore.
            }
        });
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            writer.write(("PGDMP" + "\1\16\0\4\10\1\1\1" + "x".repeat(200_000)).getBytes(StandardCharsets.ISO_8859_1));
            writer.flush();
            Set<Path> found = new HashSet<>();
            Awaitility.await().until(() -> {
                found.addAll(copies());
                found.removeAll(before);
                return !found.isEmpty();
            });
            for (Path copy : found) {
                Awaitility.await().until(() -> Files.size(copy) > 0);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                        .isEqualTo("rw-------");
            }
        }
        reader.join();
    }
}
