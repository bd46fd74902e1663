package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jdk.net.ExtendedSocketOptions;

/**
 * A session with a server, over a Unix socket or TCP, in the simple query protocol. Its client encoding is UTF-8 until told
 * otherwise. Not thread-safe; whoever opens it closes it.
 *
 * <p>All methods throw {@link ServerErrorException} if the server refuses what it is told; unless that is fatal the session can
 * be used further. They throw {@link PaddockException} if the connection breaks, the server takes longer for an answer than it may, or
 * the thread is interrupted (its flag stays set); then all that can be done with it is to close it.
 */
public final class WireConnection implements AutoCloseable {
    private final WireStream stream;
    private final AnswerWatch watch;
    private final Map<String, String> parameters = new HashMap<>();
    private NoticeListener notices = NoticeListener.NONE;
    private Charset charset = StandardCharsets.UTF_8;
    private char transaction = 'I';
    private int completed;
    private String tag = "";

    private WireConnection(WireStream stream, AnswerWatch watch) {
        this.stream = stream;
        this.watch = watch;
    }

    /** Opens a session where the server trusts the caller. */
    public static WireConnection open(SocketAddress address, Login login, Duration patience) {
        return open(address, Optional.empty(), login, Optional.empty(), patience);
    }

    /**
     * The same, where others may write to the folder of the socket, and so could have put a link to another's in its place.
     *
     * @param listener the account of whoever has to listen there
     */
    public static WireConnection open(
            UnixDomainSocketAddress address, UserPrincipal listener, Login login, Duration patience) {
        return open(address, Optional.of(listener), login, Optional.empty(), patience);
    }

    /**
     * Opens a session; the server may ask for the password by SCRAM-SHA-256.
     *
     * @param patience how long the server may take until it is ready for statements, and then for each answer
     */
    public static WireConnection open(SocketAddress address, Login login, Secret password, Duration patience) {
        return open(address, Optional.empty(), login, Optional.of(password), patience);
    }

    private static WireConnection open(
            SocketAddress address,
            Optional<UserPrincipal> listener,
            Login login,
            Optional<Secret> password,
            Duration patience) {
        try {
            boolean local = address instanceof UnixDomainSocketAddress;
            SocketChannel channel = local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            AnswerWatch watch = AnswerWatch.begin(channel, address, patience);
            WireConnection connection = new WireConnection(new WireStream(channel), watch);
            try {
                channel.connect(address);
                if (listener.isPresent()) {
                    requireListener(channel, listener.get());
                }
                if (!local) {
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                connection.greet(new Greeting(connection.stream, login, password));
                watch.answered();
                return connection;
            } catch (IOException | RuntimeException failure) {
                watch.end();
                channel.close();
                if (watch.expired()) {
                    throw watch.timeout();
                }
                throw failure;
            }
        } catch (ClosedByInterruptException interrupted) {
            throw new PaddockException("interrupted while connecting to PostgreSQL at " + address, interrupted);
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't connect to PostgreSQL at " + address + ": " + failure.getMessage(),
                    "check that it runs and listens there",
                    failure);
        }
    }

    /** By the kernel's word, before anything is said. */
    private static void requireListener(SocketChannel channel, UserPrincipal listener) throws IOException {
        UserPrincipal found =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!found.equals(listener)) {
            throw new IOException("the account " + found.getName() + " listens there, and not " + listener.getName()
                    + ", as which the server runs");
        }
    }

    private void greet(Greeting greeting) throws IOException {
        greeting.introduce();
        while (true) {
            char type = stream.next();
            switch (type) {
                case 'R' -> greeting.authenticate();
                case 'E' -> throw new ServerErrorException(message());
                case 'Z' -> {
                    transaction = (char) stream.int8();
                    return;
                }
                default -> aside(type);
            }
        }
    }

    /** Hands what the server says beside its answers to the listener, from now on. */
    public void listen(NoticeListener listener) {
        notices = listener;
    }

    /** How long each answer may take from now on: what users want to be run may take longer than what is Paddock's own. */
    public void patience(Duration perAnswer) {
        watch.patience(perAnswer);
    }

    /** Like {@link #execute(String)}, for statements that may take longer than others. */
    public void execute(String sql, Duration patience) {
        Duration usual = watch.patience();
        watch.patience(patience);
        try {
            execute(sql);
        } finally {
            watch.patience(usual);
        }
    }

    /** Runs one or more statements and discards their results. */
    public void execute(String sql) {
        send(sql.getBytes(StandardCharsets.UTF_8));
        if (receive() == Reply.COPY_IN) {
            failCopy("no data here");
            receive();
        }
    }

    /** Runs one statement; a row is a list of its cells as text, absent where NULL. */
    public List<List<Optional<String>>> query(String sql) {
        send(sql.getBytes(StandardCharsets.UTF_8));
        Rows rows = new Rows();
        if (receive(rows) == Reply.COPY_IN) {
            failCopy("no data here");
            receive();
        }
        return rows.cells();
    }

    /**
     * The only cell of a statement's answer.
     *
     * @throws PaddockException if the answer has another shape: what listens there is no PostgreSQL, or another program in its place
     */
    public String cell(String sql) {
        List<List<Optional<String>>> rows = query(sql);
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw new PaddockException("the server gives an answer that PostgreSQL doesn't give, to " + sql);
        }
        return rows.get(0).get(0).orElse("");
    }

    /**
     * The only cell of a statement's answer, as a number.
     *
     * @throws PaddockException if it is none
     */
    public long number(String sql) {
        try {
            return Long.parseLong(cell(sql));
        } catch (NumberFormatException otherText) {
            throw new PaddockException("the server gives an answer that PostgreSQL doesn't give, to " + sql, otherText);
        }
    }

    private void send(byte[] sql) {
        send(sql, 0, sql.length);
    }

    /**
     * Sends statements without waiting for what becomes of them: {@link #receive} must follow before anything else. Several
     * statements sent at once are carried out as one transaction, unless they say otherwise.
     */
    public void send(byte[] sql, int offset, int length) {
        watch.waiting();
        try {
            stream.send('Q', sql, offset, length, true);
        } catch (IOException failure) {
            throw lost(failure);
        }
    }

    /** Waits until the statements sent are carried out, or one of them wants data. */
    public Reply receive() {
        return receive(Optional.empty());
    }

    /** The same, keeping what the last of them answers with. */
    public Reply receive(Rows rows) {
        return receive(Optional.of(rows));
    }

    private Reply receive(Optional<Rows> rows) {
        Optional<ServerMessage> error = Optional.empty();
        completed = 0;
        watch.waiting();
        try {
            while (true) {
                char type = stream.next();
                switch (type) {
                    case 'T' -> {
                        if (rows.isPresent()) {
                            rows.get().begin(columns());
                        }
                    }
                    case 'D' -> {
                        if (rows.isPresent()) {
                            rows.get().add(row());
                        }
                    }
                    case 'C' -> {
                        completed++;
                        tag = stream.string(StandardCharsets.US_ASCII);
                    }
                    case 'I' -> completed++;
                    case 'E' -> error = Optional.of(message());
                    case 'G' -> {
                        return Reply.COPY_IN;
                    }
                    case 'Z' -> {
                        transaction = (char) stream.int8();
                        if (error.isPresent()) {
                            throw new ServerErrorException(error.get());
                        }
                        return Reply.DONE;
                    }
                    default -> aside(type);
                }
            }
        } catch (IOException failure) {
            if (error.isPresent()) {
                throw new ServerErrorException(error.get());
            }
            throw lost(failure);
        } finally {
            watch.answered();
        }
    }

    /** How many of the statements sent last were carried out before the answer came: all, or those before the one refused. */
    public int completedStatements() {
        return completed;
    }

    /** What the server calls the statement that it carried out last, such as {@code INSERT 0 3}; empty before the first. */
    public String tag() {
        return tag;
    }

    /** Begins to send data after {@link Reply#COPY_IN}. Whoever begins closes it, and then calls {@link #receive}. */
    public CopyIn copyIn() {
        return new CopyIn(this, stream);
    }

    private void failCopy(String reason) {
        try (CopyIn copy = copyIn()) {
            copy.fail(reason);
        }
    }

    /** Whether the transaction that was begun has failed, and waits for its end. */
    public boolean isTransactionFailed() {
        return transaction == 'E';
    }

    /** Whether a transaction was begun and not ended. */
    public boolean isInTransaction() {
        return transaction != 'I';
    }

    /** What the server reported of its settings: {@code client_encoding}, {@code standard_conforming_strings} and a few more. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** What the client encoding is called in Java; UTF-8 if Java lacks it. */
    public Charset charset() {
        return charset;
    }

    /** Takes in a message that isn't an answer. */
    void aside(char type) throws IOException {
        if (type == 'S') {
            String name = stream.string(StandardCharsets.UTF_8);
            String value = stream.string(StandardCharsets.UTF_8);
            parameters.put(name, value);
            if (name.equals("client_encoding") && !value.equals("UTF8")) {
                charset = ClientEncoding.charset(value);
            } else if (name.equals("client_encoding")) {
                charset = StandardCharsets.UTF_8;
            }
        } else if (type == 'N' && notices != NoticeListener.NONE) {
            notices.heard(message());
        }
    }

    private List<String> columns() throws IOException {
        int count = stream.int16();
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(stream.string(charset));
            // Table, column, type, its length and modifier, format.
            stream.bytes(18);
        }
        return names;
    }

    private List<Optional<String>> row() throws IOException {
        int count = stream.int16();
        List<Optional<String>> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = stream.int32();
            cells.add(length < 0 ? Optional.empty() : Optional.of(new String(stream.bytes(length), charset)));
        }
        return cells;
    }

    private ServerMessage message() throws IOException {
        Map<Character, String> fields = new HashMap<>();
        for (char field = (char) stream.int8(); field != 0; field = (char) stream.int8()) {
            fields.put(field, stream.string(charset));
        }
        String position = fields.get('P');
        return new ServerMessage(
                fields.getOrDefault('V', fields.getOrDefault('S', "ERROR")),
                fields.getOrDefault('C', "XX000"),
                fields.getOrDefault('M', ""),
                Optional.ofNullable(fields.get('D')),
                Optional.ofNullable(fields.get('H')),
                position == null || !position.matches("[0-9]{1,9}")
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(position)),
                Optional.ofNullable(fields.get('W')));
    }

    PaddockException lost(IOException failure) {
        if (watch.expired()) {
            return watch.timeout();
        }
        String why = failure instanceof ClosedByInterruptException ? "interrupted" : failure.getMessage();
        return new PaddockException(
                "lost the connection to PostgreSQL: " + why, "the server's log tells whether it went down", failure);
    }

    /** Says good-bye and closes the socket; waits for nothing. Idempotent. */
    @Override
    public void close() {
        watch.end();
        try (stream) {
            stream.terminate();
        } catch (IOException alreadyGone) {
            // The server has seen the end of it either way.
        }
    }
}
