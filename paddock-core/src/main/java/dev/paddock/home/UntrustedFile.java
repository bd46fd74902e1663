package dev.paddock.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        // A pipe would keep whoever opens it waiting.
        if (!Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException(file + " is not a plain file");
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer content = ByteBuffer.allocate(most);
            while (content.hasRemaining() && channel.read(content) > 0) {
                // Until all of it is there.
            }
            return new String(content.array(), 0, content.position(), StandardCharsets.ISO_8859_1);
        }
    }
}
