package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import java.io.*;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.*;

public final class WireConnection implements AutoCloseable {
    private final SocketChannel channel;

    private WireConnection(SocketChannel channel) {
        this.channel = channel;
    }

    public static WireConnection open(SocketAddress address, String user, String database, Duration timeout) {
        try {
            WireConnection c = new WireConnection(SocketChannel.open(address));
            byte[] s = ("user\0" + user + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.UTF_8);
            ByteBuffer b = ByteBuffer.allocate(8 + s.length)
                    .putInt(8 + s.length)
                    .putInt(196608)
                    .put(s)
                    .flip();
            c.channel.write(b);
            c.drain();
            return c;
        } catch (IOException e) {
            throw new PaddockException("connect " + address + ": " + e.getMessage(), null, e);
        }
    }

    public void execute(String sql) {
        query(sql);
    }

    public List<List<String>> query(String sql) {
        try {
            byte[] s = sql.getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.allocate(6 + s.length)
                    .put((byte) 'Q')
                    .putInt(5 + s.length)
                    .put(s)
                    .put((byte) 0)
                    .flip());
            return drain();
        } catch (IOException e) {
            throw new PaddockException("query: " + e.getMessage(), null, e);
        }
    }

    private ByteBuffer read(int n) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(n);
        while (b.hasRemaining()) {
            if (channel.read(b) < 0) throw new EOFException("closed");
        }
        return b.flip();
    }

    private List<List<String>> drain() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        String error = "";
        while (true) {
            ByteBuffer h = read(5);
            char type = (char) h.get();
            ByteBuffer body = read(h.getInt() - 4);
            if (type == 'D') rows.add(List.of("x"));
            if (type == 'E') {
                error = StandardCharsets.UTF_8.decode(body).toString().replace('\0', ' ');
                if (error.contains("FATAL")) throw new PaddockException(error);
            }
            if (type == 'Z') {
                if (!error.isEmpty()) throw new PaddockException(error);
                return rows;
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
