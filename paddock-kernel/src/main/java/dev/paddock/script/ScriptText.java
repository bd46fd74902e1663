package dev.paddock.script;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A script's bytes, as a window that moves forward. Holds what lies between {@link #mark} and what was read last, so memory is
 * that of the longest statement, not of the file. Offsets are into {@link #bytes}, and change when more is read: keep them
 * relative to the mark. Not thread-safe; whoever opened the stream closes it.
 */
final class ScriptText {
    private final InputStream source;
    private byte[] bytes;
    private int mark;
    private int position;
    private int limit;
    private long lineOfMark = 1;
    /** How many bytes were dropped from the beginning of the window so far. */
    private long dropped;
    /** How many more lines lie behind the mark than the file has there, by what was put in. */
    private int linesPutIn;

    ScriptText(InputStream source, int blockSize) {
        this.source = source;
        this.bytes = new byte[blockSize];
    }

    byte[] bytes() {
        return bytes;
    }

    int mark() {
        return mark;
    }

    int position() {
        return position;
    }

    /** The line, from 1, that the mark is in. */
    long lineOfMark() {
        return lineOfMark;
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        if (position < limit || fill()) {
            return bytes[position++] & 0xff;
        }
        return -1;
    }

    /** The next byte, not consumed, or -1 at the end. */
    int peek() throws IOException {
        return position < limit || fill() ? bytes[position] & 0xff : -1;
    }

    /** The byte that many after the position, not consumed, or -1 if the text ends before it. */
    int peekAt(int distance) throws IOException {
        while (position + distance >= limit) {
            if (!fill()) {
                return -1;
            }
        }
        return bytes[position + distance] & 0xff;
    }

    /** Consumes bytes that were peeked at. */
    void skip(int count) {
        position += count;
    }

    /** How much was consumed since the beginning, what was put in included. */
    long consumed() {
        return dropped + position;
    }

    /** Moves the mark to the position. */
    void advanceMark() {
        lineOfMark += newlines(mark, position) - linesPutIn;
        linesPutIn = 0;
        mark = position;
    }

    /**
     * Puts other bytes in the place of the last ones consumed, and the position before them.
     *
     * @param from where those begin, relative to the mark
     */
    void replace(int from, byte[] by) {
        int start = mark + from;
        int behind = limit - position;
        linesPutIn -= newlines(start, position);
        if (start + by.length + behind > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (start + by.length + behind));
        }
        System.arraycopy(bytes, position, bytes, start + by.length, behind);
        System.arraycopy(by, 0, bytes, start, by.length);
        linesPutIn += newlines(start, start + by.length);
        limit = start + by.length + behind;
        position = start;
    }

    /** Of what was consumed since the mark, up to that many bytes after it, how many lines end there. */
    int newlinesWithin(int length) {
        return newlines(mark, mark + length);
    }

    private int newlines(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                count++;
            }
        }
        return count;
    }

    /** How many bytes there are at hand behind the position, at least one unless at the end. */
    int available() throws IOException {
        return position < limit || fill() ? limit - position : 0;
    }

    /** Consumes bytes that were looked at, with that many lines ended among them, and moves the mark behind them. */
    void release(int count, int lines) {
        advanceMark();
        position += count;
        mark = position;
        lineOfMark += lines;
    }

    /** Reads more behind what is at hand; false at the end of the source. */
    private boolean fill() throws IOException {
        if (mark > 0 && (limit == bytes.length || mark == limit)) {
            System.arraycopy(bytes, mark, bytes, 0, limit - mark);
            position -= mark;
            limit -= mark;
            dropped += mark;
            mark = 0;
        }
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, longer(bytes.length));
        }
        int count = source.read(bytes, limit, bytes.length - limit);
        if (count <= 0) {
            return false;
        }
        limit += count;
        return true;
    }

    private static int longer(int length) throws IOException {
        // The server takes no message of a gigabyte or more.
        if (length >= 1 << 30) {
            throw new IOException("a statement is longer than a gigabyte");
        }
        return length * 2;
    }
}
