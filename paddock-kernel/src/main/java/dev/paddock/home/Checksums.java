package dev.paddock.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Checksums of files, against accidents: a JVM computes them as fast as it reads. */
final class Checksums {
    private static final int BUFFER = 64 * 1024;
    private static final String NONE = "";

    private Checksums() {}

    /** A line for each regular file of a listing. */
    static String of(Path folder, Map<String, Listing.Entry> entries) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(entries).forEach((name, entry) -> {
            if (entry.isFile()) {
                lines.append(of(folder.resolve(name))).append(' ').append(name).append('\n');
            }
        });
        return lines.toString();
    }

    /** Of a file's content; an empty text if it can't be read, which is no file's. */
    static String of(Path file) {
        CRC32C sum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (in.read(buffer.clear()) > 0) {
                sum.update(buffer.flip());
            }
            return Long.toHexString(sum.getValue()) + '-' + Files.size(file);
        } catch (IOException unreadable) {
            return NONE;
        }
    }

    /** By name. */
    static Map<String, String> read(String lines) {
        Map<String, String> sums = new HashMap<>();
        for (String line : lines.split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0) {
                sums.put(line.substring(space + 1), line.substring(0, space));
            }
        }
        return sums;
    }
}
