package dev.paddock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class WireConnectionTest {

    @Test
    void givesUpOnAServerThatNeverAnswers(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("silent"));
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(address);
            assertThatThrownBy(() ->
                            WireConnection.open(address, Login.of("postgres", "postgres"), Duration.ofMillis(100)))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("did not answer within 100 ms");
        }
    }

    @Test
    void endsWhenInterruptedAndStaysInterrupted(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("silent"));
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(address);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() ->
                            WireConnection.open(address, Login.of("postgres", "postgres"), Duration.ofSeconds(10)))
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** A row of one cell, whose length and the message's are told by a program that is in PostgreSQL's place. */
    @ParameterizedTest
    @CsvSource({"2147483647, 2147483637", "200, 2147483637", "-9, 1", "200, -2000000000", "1, 100"})
    void whoSpeaksNoProtocolIsToldOffWithoutTakingMemoryForIt(int message, int cell, @TempDir Path folder)
            throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("false"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> answer(listener, message, cell));
            try (WireConnection connection =
                    WireConnection.open(address, Login.of("postgres", "postgres"), Duration.ofSeconds(10))) {
                assertThatThrownBy(() -> connection.query("SELECT 1"))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("lost the connection");
            }
            server.join();
        }
    }

    private static void answer(ServerSocketChannel listener, int message, int cell) {
        try (SocketChannel client = listener.accept()) {
            client.read(ByteBuffer.allocate(1000));
            ByteBuffer greeting =
                    ByteBuffer.allocate(100).put((byte) 'R').putInt(8).putInt(0);
            client.write(greeting.put((byte) 'Z').putInt(5).put((byte) 'I').flip());
            client.read(ByteBuffer.allocate(1000));
            ByteBuffer rows = ByteBuffer.allocate(200).put((byte) 'T').putInt(6).putShort((short) 0);
            rows.put((byte) 'D').putInt(message).putShort((short) 1).putInt(cell);
            client.write(rows.position(200).flip());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Test
    void asksWhoListens(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("listener"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            UserPrincipal another =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon");
            assertThatThrownBy(() -> WireConnection.open(
                            address, another, Login.of("postgres", "postgres"), Duration.ofSeconds(1)))
                    .hasMessageContaining("listens there, and not daemon");
        }
    }

    @Test
    void saysWhereNobodyListens(@TempDir Path folder) {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("absent"));
        assertThatThrownBy(() -> WireConnection.open(address, Login.of("postgres", "postgres"), Duration.ofSeconds(1)))
                .hasMessageContaining("can't connect to PostgreSQL at")
                .hasMessageContaining("absent");
    }
}
