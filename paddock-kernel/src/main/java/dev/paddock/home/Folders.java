package dev.paddock.home;

import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folders that are made in secret, appear whole, and are swept up if their maker died. */
public final class Folders {
    private static final String DRAFT = "draft-";
    private static final Duration LAST_MOMENT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WORK = Duration.ofDays(1);
    private static final Duration A_LITTLE = Duration.ofMillis(20);
    /** A data directory has three levels. */
    private static final int DEEPEST = 500;

    private final AtomicLong counter = new AtomicLong();

    /** A new empty folder below {@code parent}, to be renamed when it is complete; marked as this process's own. */
    public Path draft(Path parent) throws IOException {
        sweep(parent);
        Path folder =
                parent.resolve(DRAFT + ProcessStamp.ofSelf() + "-" + System.nanoTime() + counter.incrementAndGet());
        return Files.createDirectory(folder);
    }

    /** Whether it is one that is being made, or whose maker was killed. */
    public static boolean isDraft(Path folder) {
        return maker(folder.getFileName().toString()).isPresent();
    }

    /** Removes the drafts below {@code parent} whose makers are gone, and those of other containers once they are a day old. */
    public static void sweep(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            for (Path entry : entries.toList()) {
                Optional<ProcessStamp> maker = maker(entry.getFileName().toString());
                // A folder of a similar name is somebody's own.
                if (maker.isPresent() && !mayBeUnderWay(entry, maker.get())) {
                    sweepUp(entry);
                }
            }
        }
    }

    /** One that can't be deleted is no reason to leave the others. */
    private static void sweepUp(Path draft) {
        try {
            delete(draft);
        } catch (IOException inUseStill) {
            // Left to the next.
        }
    }

    private static boolean mayBeUnderWay(Path draft, ProcessStamp maker) throws IOException {
        return maker.isOutOfSight()
                ? Files.getLastModifiedTime(draft, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isAfter(Instant.now().minus(LONGEST_WORK))
                : maker.isAlive();
    }

    private static Optional<ProcessStamp> maker(String draft) {
        int count = draft.lastIndexOf('-');
        return !draft.startsWith(DRAFT) || count < DRAFT.length()
                ? Optional.empty()
                : ProcessStamp.parse(draft.substring(DRAFT.length(), count));
    }

    /**
     * Removes what {@code parent} holds, so that it is gone at once for everybody. Some file systems can't rename a folder that
     * came with an image: there what says that it is whole goes first.
     *
     * @param proofs the names of files in it that say so, besides its {@link Seal}
     */
    public void remove(Path folder, Path parent, Set<String> proofs) throws IOException {
        Path grave = draft(parent);
        try {
            Files.move(folder, grave.resolve("removed"), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException lowerLayer) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    if (Seal.isPart(entry)
                            || proofs.contains(entry.getFileName().toString())) {
                        delete(entry);
                    }
                }
            }
            delete(folder);
        } finally {
            delete(grave);
        }
    }

    /**
     * Deletes a folder and all in it; silent if it is gone already. No link is followed, not even one that somebody puts in the place of a folder
     * meanwhile: each is opened once, by its name in the one above it. A program that copies into it on behalf of a process that was killed may
     * add to it for a moment still.
     */
    public static void delete(Path folder) throws IOException {
        Deadline deadline = Deadline.in(LAST_MOMENT);
        while (true) {
            try {
                deleteOnce(folder);
                return;
            } catch (DirectoryNotEmptyException addedTo) {
                if (deadline.isOver()) {
                    throw addedTo;
                }
                Deadline.in(A_LITTLE).await(() -> false);
            }
        }
    }

    private static void deleteOnce(Path folder) throws IOException {
        Path all = folder.toAbsolutePath();
        if (!Files.exists(all, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> above = Files.newDirectoryStream(Objects.requireNonNull(all.getParent()))) {
            if (above instanceof SecureDirectoryStream<Path> secure) {
                delete(secure, all.getFileName(), 0);
            } else {
                walk(all);
            }
        }
    }

    private static void delete(SecureDirectoryStream<Path> in, Path name, int depth) throws IOException {
        try {
            if (in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory()) {
                if (depth == DEEPEST) {
                    throw new IOException(name + " is nested too deeply to be deleted");
                }
                try (SecureDirectoryStream<Path> inside = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    for (Path each : inside) {
                        delete(inside, each.getFileName(), depth + 1);
                    }
                } catch (DirectoryIteratorException failure) {
                    throw failure.getCause();
                }
                in.deleteDirectory(name);
            } else {
                in.deleteFile(name);
            }
        } catch (NoSuchFileException gone) {
            // By somebody else, which is as well.
        }
    }

    /** Where the system can't open a folder in a folder. */
    private static void walk(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
