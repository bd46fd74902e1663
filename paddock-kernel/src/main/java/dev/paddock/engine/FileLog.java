package dev.paddock.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A log that is a file. */
public record FileLog(Path file) implements ServerLog {
    private static final int MOST_BYTES = 64 * 1024;

    @Override
    public long size() {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public List<String> lines(long from, int most) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long begin = Math.max(from, log.length() - most);
            byte[] bytes = new byte[(int) Math.max(0, log.length() - begin)];
            log.seek(begin);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** The last lines, or none if there is no such file any more. */
    public List<String> lastLines(int most) {
        List<String> lines = lines(0, MOST_BYTES);
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    @Override
    public long copy(long from, OutputStream to) throws IOException {
        try (FileChannel log = FileChannel.open(file)) {
            log.position(from);
            return from + Channels.newInputStream(log).transferTo(to);
        } catch (NoSuchFileException gone) {
            return from;
        }
    }
}
