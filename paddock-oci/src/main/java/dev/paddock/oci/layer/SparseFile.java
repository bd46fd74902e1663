package dev.paddock.oci.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** A file that takes no space where it holds zeros, as the segments of a log that nothing was written to yet, and holes in what was packed. */
final class SparseFile {
    private static final int BLOCK = 1 << 16;
    private static final byte[] ZEROS = new byte[BLOCK];

    private SparseFile() {}

    /** Makes a file that isn't there yet. */
    static void write(InputStream content, Path file) throws IOException {
        byte[] block = new byte[BLOCK];
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE))) {
            long end = 0;
            for (int length = content.readNBytes(block, 0, BLOCK);
                    length > 0;
                    length = content.readNBytes(block, 0, BLOCK)) {
                if (Arrays.mismatch(block, 0, length, ZEROS, 0, length) >= 0) {
                    write(channel, end, block, length);
                }
                end += length;
            }
            if (channel.size() < end) {
                write(channel, end - 1, ZEROS, 1);
            }
        }
    }

    private static void write(FileChannel channel, long at, byte[] bytes, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
        while (left.hasRemaining()) {
            channel.write(left, at + left.position());
        }
    }
}
