package dev.paddock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class WireConnectionTest {

    @Test
    void givesUpOnAServerThatNeverAnswers(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("silent"));
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(address);
            assertThatThrownBy(() -> WireConnection.open(address, "postgres", "postgres", Duration.ofMillis(100)))
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
            assertThatThrownBy(() -> WireConnection.open(address, "postgres", "postgres", Duration.ofSeconds(10)))
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void saysWhereNobodyListens(@TempDir Path folder) {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("absent"));
        assertThatThrownBy(() -> WireConnection.open(address, "postgres", "postgres", Duration.ofSeconds(1)))
                .hasMessageContaining("can't connect to PostgreSQL at")
                .hasMessageContaining("absent");
    }
}
