package dev.paddock.script;

import dev.paddock.wire.ClientEncoding;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A statement where it lies: a view into a buffer, valid as long as that isn't refilled.
 *
 * @param firstToken offset of the first token, relative to {@code offset}
 * @param line of the first token, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record Statement(byte[] bytes, int offset, int length, int firstToken, long line) {
    private static final int EXCERPT = 200;
    private static final int HEAD = 1000;

    static Statement of(String sql, long line, Charset charset) {
        byte[] bytes = sql.getBytes(charset);
        return new Statement(bytes, 0, bytes.length, 0, line);
    }

    /** Whether the first word is this one, given in capitals. */
    boolean startsWith(String word) {
        int from = offset + firstToken;
        int end = from + word.length();
        if (end >= offset + length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int c = bytes[from + i];
            if ((c >= 'a' && c <= 'z' ? c - 32 : c) != word.charAt(i)) {
                return false;
            }
        }
        int next = bytes[end];
        return next == ' ' || next == '\n' || next == '\t' || next == '\r';
    }

    /** The beginning, with ASCII as it is and anything else as nobody should read it; for keywords. */
    String head() {
        return new String(bytes, offset + firstToken, Math.min(length - firstToken, HEAD), StandardCharsets.ISO_8859_1);
    }

    /** The first words in capitals; for keywords. */
    String[] words() {
        return head().strip().toUpperCase(Locale.ROOT).split("\\s+");
    }

    /** For people: shortened, on one line. */
    String excerpt(Charset charset) {
        int shown = Math.min(length - firstToken, EXCERPT);
        String text = new String(bytes, offset + firstToken, shown, charset).strip();
        StringBuilder line = new StringBuilder(shown + 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c);
            if (!space) {
                line.append(c);
            } else if (line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return shown < length - firstToken ? line + " …" : line.toString();
    }

    /** The line of the file that this byte of the buffer is in. */
    long lineAt(int at) {
        long newlines = 0;
        for (int i = offset + firstToken; i < at; i++) {
            if (bytes[i] == '\n') {
                newlines++;
            }
        }
        return line + newlines;
    }

    /** Where in the buffer the character is that the server counts from 1, from the beginning of what it was sent. */
    static int offsetOf(int position, byte[] bytes, int from, int end, ClientEncoding encoding) {
        int at = from;
        for (int character = 1; character < position && at < end; character++) {
            at += encoding.length(bytes[at] & 0xff, at + 1 < end ? bytes[at + 1] & 0xff : -1);
        }
        return Math.min(at, end);
    }
}
