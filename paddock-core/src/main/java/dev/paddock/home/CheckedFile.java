package dev.paddock.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/** A text in a file that ends with a checksum of it, so that a damaged one is never taken for what was written. */
public record CheckedFile(Path file) {
    /** A comment to those who read such a text as settings. */
    private static final String MARK = "\n# crc32 ";

    /** The text as it was written; empty if there is no such file, or it is damaged in whatever way. */
    public Optional<String> read() {
        try {
            String content = Files.readString(file);
            int end = content.lastIndexOf(MARK);
            return end >= 0 && content.substring(end).equals(mark(content.substring(0, end)))
                    ? Optional.of(content.substring(0, end))
                    : Optional.empty();
        } catch (IOException noneOrDamaged) {
            return Optional.empty();
        }
    }

    /** For what can be found out again: a power cut may take it away. */
    public void write(String text) throws IOException {
        WholeFile.write(file, text + mark(text));
    }

    /** It is on the disk when this returns. */
    public void keep(String text) throws IOException {
        WholeFile.keep(file, text + mark(text));
    }

    private static String mark(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return MARK + Long.toHexString(checksum.getValue()) + '\n';
    }
}
