package dev.paddock.lease;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A part of a log file. */
final class LogSlice {
    private LogSlice() {}

    /** The lines from {@code start} on, the last {@code most} bytes of them; none if the file is gone. */
    static List<String> read(Path log, long start, int most) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long begin = Math.max(start, file.length() - most);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - begin)];
            file.seek(begin);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
