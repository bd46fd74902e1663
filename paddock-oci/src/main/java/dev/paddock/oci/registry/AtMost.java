package dev.paddock.oci.registry;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Takes as much as was announced, and refuses more: a registry could send without end. The stream below stays open. */
final class AtMost extends FilterOutputStream {
    private final long announced;
    private long left;

    AtMost(OutputStream to, long announced) {
        super(to);
        this.announced = announced;
        this.left = announced;
    }

    @Override
    public void write(int one) throws IOException {
        take(1);
        out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        out.write(bytes, offset, length);
    }

    private void take(int length) throws IOException {
        left -= length;
        if (left < 0) {
            throw new IOException("it sends more than the " + announced + " bytes that it has announced");
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
