package dev.paddock.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/** Small files that are replaced as a whole: whoever reads one sees the old content or the new, and never a part. */
public final class WholeFile {
    private static final String DRAFT = ".writing-";
    /** Whoever writes one takes an instant. */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);
    /** The list of all files of an installation has 0.3 MB. */
    private static final long MOST = 256L << 20;

    private WholeFile() {}

    /** For what can be made again: a power cut may take the content away. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of anything but text. */
    public static void write(Path file, byte[] content) throws IOException {
        put(file, content, false);
    }

    /** For what can't be made again: it is on the disk when this returns, and stays there after a power cut. */
    public static void keep(Path file, String text) throws IOException {
        keep(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of one of them. */
    public static String read(Path file) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString();
        } catch (CharacterCodingException something) {
            throw new IOException("it holds no text", something);
        }
    }

    /** The content of a file that may be damaged: what is no file would keep whoever opens it waiting, and far too much leave no memory. */
    public static byte[] bytes(Path file) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        if (!facts.isRegularFile()) {
            throw new IOException(file + " is no file");
        }
        if (facts.size() > MOST) {
            throw new IOException(file + " has " + facts.size() + " bytes");
        }
        return Files.readAllBytes(file);
    }

    static void keep(Path file, byte[] content) throws IOException {
        put(file, content, true);
        sync(parent(file));
    }

    /** Whether it is one that is being written, or whose writer was killed. */
    public static boolean isDraft(Path file) {
        return file.getFileName().toString().startsWith(DRAFT);
    }

    private static void put(Path file, byte[] content, boolean lasting) throws IOException {
        Path draft = draft(parent(file));
        try {
            Files.write(draft, content);
            if (lasting) {
                sync(draft);
            }
            move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * A new file that only this account can read, to get a name, or another, when it is whole. Whoever makes it removes it; what the killed have left
     * is removed by the next who makes one in the same folder, for there may be passwords in it.
     */
    public static Path draft(Path folder) throws IOException {
        sweep(folder);
        return Files.createTempFile(folder, DRAFT, "");
    }

    private static void sweep(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, DRAFT + "[0-9]*")) {
            for (Path entry : entries) {
                BasicFileAttributes facts =
                        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                Instant written = facts.lastModifiedTime().toInstant();
                if (facts.isRegularFile() && written.isBefore(Instant.now().minus(LONGEST_WRITE))) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException notNow) {
            // Left to the next.
        }
    }

    /** Over whatever is there, also if somebody has put a folder in its place. */
    private static void move(Path draft, Path file) throws IOException {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw taken;
            }
            Folders.delete(file);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Has the kernel write a file or folder to the disk, and waits for it. */
    public static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        return file.resolveSibling(".").normalize();
    }
}
