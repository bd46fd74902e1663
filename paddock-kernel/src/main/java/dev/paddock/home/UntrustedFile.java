package dev.paddock.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** A small file where others may have put something else in its place: a link, a pipe that never ends, or far too much. */
public final class UntrustedFile {
    private UntrustedFile() {}

    /**
     * Its text, byte for character.
     *
     * @param most bytes that are read of it
     * @throws IOException if it is absent, or no plain file
     */
    public static String read(Path file, int most) throws IOException {
        try (SeekableByteChannel channel = open(file)) {
            // Of a pipe, nothing is read: it has no size.
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(most, channel.size()));
            while (content.hasRemaining() && channel.read(content) > 0) {
                // Until all of it is there.
            }
            return new String(content.array(), 0, content.position(), StandardCharsets.ISO_8859_1);
        }
    }

    /** What may be exchanged for a pipe at any moment is opened for writing too, which waits for nobody at the other end. */
    private static SeekableByteChannel open(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException(file + " is not a plain file");
        }
        try {
            return Files.newByteChannel(
                    file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (FileSystemException notToBeWritten) {
            // On a read-only file system nobody exchanges it; nor does who shows us what we may only read.
            if (!(notToBeWritten instanceof AccessDeniedException)
                    && !Files.getFileStore(file).isReadOnly()) {
                throw notToBeWritten;
            }
            return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }
    }
}
