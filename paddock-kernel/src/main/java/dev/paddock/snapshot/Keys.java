package dev.paddock.snapshot;

import dev.paddock.home.CheckedFile;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What Paddock finds snapshots by that it made for itself: a file for each key, which holds an id. One that is lost or damaged costs time. */
record Keys(PaddockHome home) {

    /** The name of its file, and of the lock of whoever makes what it stands for. */
    static String name(String key) {
        return HexFormat.of().formatHex(DirectoryCapture.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    Optional<String> id(String name) {
        return new CheckedFile(folder().resolve(name)).read().filter(SnapshotFolders::isDigest);
    }

    void give(String name, String id) throws IOException {
        new CheckedFile(folder().resolve(name)).write(id);
    }

    /** Whether one of them stands for this id. */
    boolean lead(String id) {
        try (Stream<Path> entries = Files.list(folder())) {
            return entries.anyMatch(entry ->
                    id(entry.getFileName().toString()).filter(id::equals).isPresent());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Those that stand for nothing that is wanted. */
    void removeUnless(Predicate<String> isWanted) throws IOException {
        try (Stream<Path> entries = Files.list(folder())) {
            for (Path entry : entries.toList()) {
                if (id(entry.getFileName().toString()).filter(isWanted).isEmpty()) {
                    Folders.delete(entry);
                }
            }
        }
    }

    private Path folder() {
        return home.cacheFolder("snapshot-keys");
    }
}
