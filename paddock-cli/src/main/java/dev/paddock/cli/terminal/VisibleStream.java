package dev.paddock.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes on bytes for a terminal, with control characters but line breaks and tabs shown as their numbers. Not thread-safe. */
final class VisibleStream extends OutputStream {
    private final OutputStream screen;
    /** The byte before this one, which tells a control character of two bytes in UTF-8 from a letter. */
    private int before;

    VisibleStream(OutputStream screen) {
        this.screen = screen;
    }

    @Override
    public void write(int written) throws IOException {
        int letter = written & 0xff;
        boolean controls = letter < 0x20 ? letter != '\n' && letter != '\t' : letter == 0x7f;
        if (before == 0xc2 && letter >= 0x80 && letter < 0xa0) {
            // The first of its two bytes has been held back.
            screen.write(Visible.text(String.valueOf((char) letter)).getBytes(StandardCharsets.US_ASCII));
        } else {
            release();
            if (controls) {
                screen.write(Visible.text(String.valueOf((char) letter)).getBytes(StandardCharsets.US_ASCII));
            } else if (letter != 0xc2) {
                screen.write(letter);
            }
        }
        before = letter;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        java.io.ByteArrayOutputStream shown = new java.io.ByteArrayOutputStream(length);
        VisibleStream whole = new VisibleStream(shown);
        whole.before = before;
        for (int at = offset; at < offset + length; at++) {
            whole.write(bytes[at]);
        }
        before = whole.before;
        shown.writeTo(screen);
    }

    private void release() throws IOException {
        if (before == 0xc2) {
            screen.write(before);
        }
    }

    @Override
    public void flush() throws IOException {
        screen.flush();
    }
}
