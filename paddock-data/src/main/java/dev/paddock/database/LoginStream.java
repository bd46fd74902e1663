package dev.paddock.database;

import dev.paddock.model.PaddockException;
import dev.paddock.wire.ScramExchange;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a server says, without the messages of a login by SCRAM: they are answered here. All else, and everything after the login, passes
 * as it comes.
 */
final class LoginStream extends FilterInputStream {
    private static final int HEADER = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;
    /** No message before the end of a login is longer. */
    private static final int LONGEST = 1 << 16;

    private final DataInputStream server;
    private final OutputStream answers;
    private final ScramExchange exchange;
    private ByteBuffer waiting = ByteBuffer.allocate(0);
    private boolean over;

    LoginStream(InputStream in, OutputStream answers, ScramExchange exchange) {
        super(in);
        this.server = new DataInputStream(in);
        this.answers = answers;
        this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (!over && !waiting.hasRemaining()) {
            nextMessage();
        }
        if (waiting.hasRemaining()) {
            int count = Math.min(length, waiting.remaining());
            waiting.get(into, offset, count);
            return count;
        }
        return in.read(into, offset, length);
    }

    @Override
    public int available() throws IOException {
        return waiting.remaining() + in.available();
    }

    private void nextMessage() throws IOException {
        int type = in.read();
        if (type < 0) {
            over = true;
            return;
        }
        int length = server.readInt();
        ByteBuffer message = ByteBuffer.allocate(HEADER + Math.max(0, Math.min(length, LONGEST) - 4));
        message.put((byte) type).putInt(length);
        server.readFully(message.array(), HEADER, message.remaining());
        if (type != 'R' || !isAnswered(message)) {
            over = type != 'N' && type != 'v';
            waiting = message.rewind();
        }
    }

    private boolean isAnswered(ByteBuffer message) throws IOException {
        int request = message.getInt();
        byte[] said = new byte[message.remaining()];
        message.get(said);
        try {
            switch (request) {
                case SASL -> {
                    String offered = new String(said, StandardCharsets.US_ASCII);
                    if (!offered.contains(ScramExchange.MECHANISM + "\0")) {
                        return false;
                    }
                    byte[] first = exchange.first();
                    byte[] mechanism = (ScramExchange.MECHANISM + "\0").getBytes(StandardCharsets.US_ASCII);
                    answer(ByteBuffer.allocate(mechanism.length + 4 + first.length)
                            .put(mechanism)
                            .putInt(first.length)
                            .put(first)
                            .array());
                }
                case SASL_CONTINUE -> answer(exchange.answer(said));
                case SASL_FINAL -> exchange.verify(said);
                default -> {
                    return false;
                }
            }
            return true;
        } catch (PaddockException notTheServer) {
            throw new IOException(notTheServer.getMessage(), notTheServer);
        }
    }

    private void answer(byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write('p');
        message.write(ByteBuffer.allocate(4).putInt(4 + body.length).array());
        message.write(body);
        answers.write(message.toByteArray());
    }
}
