package dev.paddock.benchmark.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostmasterTest {

    @Test
    void findsTheProcessThatListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Postmaster.listeningOn(List.of(socket.getLocalPort()))).containsExactly(ProcessHandle.current());
        }
    }

    @Test
    void aProcessTakesMemory() {
        assertThat(ProportionalMemory.of(List.of(ProcessHandle.current()))).isGreaterThan(10_000_000);
    }

    @Test
    void aTreeHoldsTheChildrenOfAProcess() throws IOException, InterruptedException {
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(ProcessTree.now().from(ProcessHandle.current()))
                    .contains(ProcessHandle.current(), child.toHandle());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
