package dev.paddock.snapshot;

import dev.paddock.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** When a snapshot was last asked for: the time of a file beside its data. */
final class LastUse {
    private static final String FILE = "used";
    /** Often enough to tell days apart, and rarely enough to cost nothing. */
    private static final Duration GRAIN = Duration.ofMinutes(1);
    /** Whoever has found a snapshot may need a while until a server of his runs on it. */
    private static final Duration HOLD = Duration.ofMinutes(15);

    private LastUse() {}

    static void note(Path snapshot) {
        try {
            Instant now = Instant.now();
            Path file = snapshot.resolve(FILE);
            boolean isFile = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
            if (!isFile || of(snapshot).isBefore(now.minus(GRAIN))) {
                if (!isFile) {
                    // To set the time of a pipe, the JDK would wait for its other end.
                    Folders.delete(file);
                    Files.createFile(file);
                }
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (IOException goneOrReadOnly) {
            // Then the next who wants it will find out; or nobody evicts it either.
        }
    }

    static Instant of(Path snapshot) {
        try {
            return Files.getLastModifiedTime(snapshot.resolve(FILE), LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
        } catch (IOException neverOrUnreadable) {
            return made(snapshot);
        }
    }

    private static Instant made(Path snapshot) {
        try {
            return Files.getLastModifiedTime(snapshot.resolve(Manifest.FILE)).toInstant();
        } catch (IOException gone) {
            return Instant.now();
        }
    }

    /** Whether nobody can be about to use it. */
    static boolean isOver(Path snapshot) {
        return of(snapshot).isBefore(Instant.now().minus(HOLD));
    }
}
