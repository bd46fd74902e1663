package dev.paddock.docker.container;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a program in a container says, up to as much as anybody reads: an image that others made could talk without end. */
public final class ProgramOutput extends OutputStream {
    private static final int MOST = 1 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int one) {
        if (kept.size() < MOST) {
            kept.write(one);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, MOST - kept.size()));
    }

    /** What has been said so far. */
    public synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
