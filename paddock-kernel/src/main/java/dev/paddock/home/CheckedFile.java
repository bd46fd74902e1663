package dev.paddock.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/** A content in a file that ends with a checksum of it, so that a damaged one is never taken for what was written. */
public record CheckedFile(Path file) {
    /** A comment to those who read such a text as settings. */
    private static final String MARK = "\n# crc32 ";

    private static final int LONGEST_MARK = MARK.length() + Integer.BYTES * 2 + 1;

    /** The text as it was written; empty if there is no such file, or it is damaged in whatever way. */
    public Optional<String> read() {
        return bytes().map(content -> new String(content, StandardCharsets.UTF_8));
    }

    /** The same of anything but text. */
    public Optional<byte[]> bytes() {
        try {
            byte[] all = WholeFile.bytes(file);
            for (int end = Math.max(0, all.length - LONGEST_MARK); end < all.length; end++) {
                if (all[end] == '\n' && Arrays.equals(Arrays.copyOfRange(all, end, all.length), mark(all, end))) {
                    return Optional.of(Arrays.copyOf(all, end));
                }
            }
            return Optional.empty();
        } catch (IOException noneOrDamaged) {
            return Optional.empty();
        }
    }

    /** For what can be found out again: a power cut may take it away. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of anything but text. */
    public void write(byte[] content) throws IOException {
        WholeFile.write(file, marked(content));
    }

    /** It is on the disk when this returns. */
    public void keep(String text) throws IOException {
        keep(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of anything but text. */
    public void keep(byte[] content) throws IOException {
        WholeFile.keep(file, marked(content));
    }

    private static byte[] marked(byte[] content) {
        byte[] mark = mark(content, content.length);
        byte[] all = Arrays.copyOf(content, content.length + mark.length);
        System.arraycopy(mark, 0, all, content.length, mark.length);
        return all;
    }

    private static byte[] mark(byte[] content, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(content, 0, length);
        return (MARK + Long.toHexString(checksum.getValue()) + '\n').getBytes(StandardCharsets.US_ASCII);
    }
}
