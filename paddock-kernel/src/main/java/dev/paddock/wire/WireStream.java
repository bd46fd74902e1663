package dev.paddock.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Frames messages on a socket. Messages are written into one buffer and sent by {@link #flush}; of what arrives, a message is
 * entered by {@link #next} and read piece by piece, what isn't read is skipped. Not thread-safe.
 */
final class WireStream implements Closeable {
    private static final int BUFFER = 8 * 1024;
    private static final int HEADER = 5;
    /** PostgreSQL sends no message of more. */
    private static final int LONGEST = 1 << 30;

    private static final int AT_FIRST = 1 << 20;

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);
    private int unread;
    private int messageStart;

    WireStream(SocketChannel channel) {
        this.channel = channel;
    }

    /** Begins a message; {@link #end} fills in its length. The start-up message alone has no type: 0. */
    WireStream begin(char type) {
        if (type != 0) {
            out.put((byte) type);
        }
        messageStart = out.position();
        out.putInt(0);
        return this;
    }

    WireStream int32(int value) {
        out.putInt(value);
        return this;
    }

    WireStream int8(int value) {
        out.put((byte) value);
        return this;
    }

    WireStream bytes(byte[] value) {
        out.put(value);
        return this;
    }

    WireStream string(String value) {
        out.put(value.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
        return this;
    }

    WireStream end() {
        out.putInt(messageStart, out.position() - messageStart);
        return this;
    }

    void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    /** Tells the server that it is over, whatever was being written, unless it takes nothing in any more. */
    void terminate() throws IOException {
        out.clear();
        begin('X').end();
        out.flip();
        channel.configureBlocking(false);
        channel.write(out);
    }

    /** Sends one message whose body is too large to be copied, followed by a zero byte if it is a string. */
    void send(char type, byte[] body, int offset, int length, boolean zeroTerminated) throws IOException {
        out.put((byte) type).putInt(4 + length + (zeroTerminated ? 1 : 0));
        if (length < out.remaining()) {
            out.put(body, offset, length);
        } else {
            flush();
            ByteBuffer direct = ByteBuffer.wrap(body, offset, length);
            while (direct.hasRemaining()) {
                channel.write(direct);
            }
        }
        if (zeroTerminated) {
            out.put((byte) 0);
        }
        flush();
    }

    /**
     * Sends a block of COPY data, taking in what the server says meanwhile, so that neither waits for the other for ever. The
     * channel must not be blocking.
     */
    void sendCopyData(byte[] data, int offset, int length, CopyWait wait) throws IOException {
        out.put((byte) 'd').putInt(4 + length).flip();
        ByteBuffer[] parts = {out, ByteBuffer.wrap(data, offset, length)};
        while (parts[1].hasRemaining() || out.hasRemaining()) {
            if (channel.write(parts) == 0) {
                Selector selector = wait.selector(channel);
                selector.select();
                selector.selectedKeys().clear();
                receiveWhatIsThere();
            }
        }
        out.clear();
        receiveWhatIsThere();
    }

    /** What {@link #sendCopyData} waits with, opened only if it must. */
    static final class CopyWait implements Closeable {
        private java.util.Optional<Selector> selector = java.util.Optional.empty();

        private Selector selector(SocketChannel channel) throws IOException {
            if (selector.isEmpty()) {
                Selector opened = Selector.open();
                selector = java.util.Optional.of(opened);
                channel.register(opened, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
            return selector.get();
        }

        @Override
        public void close() throws IOException {
            if (selector.isPresent()) {
                selector.get().close();
            }
        }
    }

    void setBlocking(boolean blocking) throws IOException {
        channel.configureBlocking(blocking);
    }

    private void receiveWhatIsThere() throws IOException {
        makeRoom();
        int count = channel.read(in);
        in.flip();
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    /** Prepares {@code in} for filling, keeping what wasn't read of it. */
    private void makeRoom() {
        if (in.hasRemaining() && in.remaining() == in.capacity()) {
            in = ByteBuffer.allocate(in.capacity() * 2).put(in);
        } else {
            in.compact();
        }
    }

    /** The type of the next message if all of it has arrived already, else 0. */
    char arrived() {
        int start = in.position() + unread;
        if (in.limit() < start + HEADER || in.limit() < start + 1 + in.getInt(start + 1)) {
            return 0;
        }
        return (char) in.get(start);
    }

    /** Enters the next message, skipping what wasn't read of the one before, and gives its type. */
    char next() throws IOException {
        skip(unread);
        need(HEADER);
        char type = (char) in.get();
        unread = in.getInt() - 4;
        if (unread < 0 || unread > LONGEST) {
            throw nonsense();
        }
        return type;
    }

    /** How many bytes of the message are still to be read. */
    int unread() {
        return unread;
    }

    int int32() throws IOException {
        need(4);
        unread -= 4;
        return in.getInt();
    }

    int int16() throws IOException {
        need(2);
        unread -= 2;
        return Short.toUnsignedInt(in.getShort());
    }

    int int8() throws IOException {
        if (unread < 1) {
            throw nonsense();
        }
        need(1);
        unread--;
        return in.get();
    }

    byte[] bytes(int count) throws IOException {
        if (count < 0 || count > unread) {
            throw nonsense();
        }
        byte[] result = new byte[Math.min(count, AT_FIRST)];
        int done = 0;
        while (done < count) {
            need(1);
            int some = Math.min(count - done, in.remaining());
            if (done + some > result.length) {
                // As it arrives: that so much is to come is only said.
                result = Arrays.copyOf(result, (int) Math.min(count, 2L * (done + some)));
            }
            in.get(result, done, some);
            done += some;
        }
        unread -= count;
        return result;
    }

    String string(Charset charset) throws IOException {
        byte[] collected = new byte[64];
        int length = 0;
        for (int b = int8(); b != 0; b = int8()) {
            if (length == collected.length) {
                collected = Arrays.copyOf(collected, length * 2);
            }
            collected[length++] = (byte) b;
        }
        return new String(collected, 0, length, charset);
    }

    /** Programs in a server could have put one of their own in its place. */
    private static IOException nonsense() {
        return new IOException("what the server says is not PostgreSQL's protocol");
    }

    private void skip(int count) throws IOException {
        int left = count;
        while (left > 0) {
            need(1);
            int some = Math.min(left, in.remaining());
            in.position(in.position() + some);
            left -= some;
        }
    }

    private void need(int count) throws IOException {
        while (in.remaining() < count) {
            receiveWhatIsThere();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
