package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.EngineContract;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.ServerSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of sessions in a shared space that don't say any more what they did. */
final class DamagedSessionTest {
    private static final PaddockHome HOME = EngineContract.sharedHome();
    private static final Path MEMORY = Path.of("/dev/shm");

    @BeforeEach
    void thereIsMemory() throws IOException {
        assumeTrue(
                Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > 1L << 30,
                "sessions are elsewhere where /dev/shm is small");
    }

    private static Set<Path> sessions() throws IOException {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(MEMORY, "paddock-*-*-*")) {
            folders.forEach(found::add);
        }
        return found;
    }

    @Test
    void aServerRunsOnThoughItsSessionDoesNotTellWhoseItIs() throws Exception {
        Set<Path> before = sessions();
        try (Paddock paddock = Engines.storedAs("copy", HOME);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            Set<Path> made = sessions();
            made.removeAll(before);
            for (Path session : made) {
                if (Files.isReadable(session.resolve("owner"))) {
                    Files.writeString(session.resolve("owner"), "");
                }
            }
            try (Paddock other = Engines.storedAs("copy", HOME);
                    PostgresServer another = other.start(ServerSpec.create())) {
                assertThat(another.isAlive()).isTrue();
            }
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void whatADeadSessionLeftKeepsNobodyFromStarting() throws Exception {
        Process ended = new ProcessBuilder("sleep", "60").start();
        ProcessStamp stamp = ProcessStamp.of(ended.pid()).orElseThrow();
        ended.destroyForcibly().waitFor();
        Path session = Files.createDirectory(MEMORY.resolve(
                "paddock-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid") + "-" + stamp + "-dead"));
        Files.writeString(session.resolve("owner"), stamp + "\n");
        Files.writeString(session.resolve("1.pid"), "QUIT 5 abc\n");
        Files.createDirectory(session.resolve("2.pid"));
        try (Paddock paddock = Engines.storedAs("copy", HOME);
                PostgresServer server = paddock.start(ServerSpec.create())) {
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(session).doesNotExist();
    }
}
