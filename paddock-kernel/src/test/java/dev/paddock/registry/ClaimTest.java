package dev.paddock.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are claimed while servers start, by processes that may die with a claim. */
final class ClaimTest {
    private static final int PROCESSES = 8;

    private final PaddockHome home;
    private final Path claim;

    ClaimTest(@TempDir Path folder) {
        this.home = PaddockHome.under(folder);
        this.claim = home.stateFolder("servers").resolve("pony.claim");
    }

    private ServerRegistry registry() {
        return new ServerRegistry(home, server -> Optional.empty());
    }

    @Test
    void aNameIsOneProcessesUntilItGivesItBack() {
        ServerRegistry.Claim first = registry().claim("pony");
        assertThatThrownBy(() -> registry().claim("pony"))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("a server 'pony' is being started by another process");
        first.close();
        registry().claim("pony").close();
    }

    @Test
    void ofManyWhoFindTheClaimOfADeadProcessOneHasTheName() throws Exception {
        ExecutorService processes = Executors.newFixedThreadPool(PROCESSES);
        try {
            for (int round = 0; round < 20; round++) {
                leaveClaimOfADeadProcess();
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Optional<ServerRegistry.Claim>>> claims = IntStream.range(0, PROCESSES)
                        .mapToObj(each -> processes.submit(() -> {
                            start.await();
                            return tryToClaim();
                        }))
                        .toList();
                start.countDown();
                int holders = 0;
                for (Future<Optional<ServerRegistry.Claim>> each : claims) {
                    holders += each.get().isPresent() ? 1 : 0;
                }
                assertThat(holders).isEqualTo(1);
                Files.delete(claim);
            }
        } finally {
            processes.shutdownNow();
        }
    }

    /** Whoever makes a claim makes it whole. */
    @ParameterizedTest
    @ValueSource(strings = {"empty", "garbage", "folder", "pipe"})
    void aDamagedClaimKeepsNobodyFromTheName(String damage) throws Exception {
        switch (damage) {
            case "empty" -> Files.createFile(claim);
            case "garbage" -> Files.write(claim, new byte[] {-1, 0, -2, 10, 7});
            case "folder" -> Files.createDirectories(claim.resolve("inner"));
            default ->
                assertThat(new ProcessBuilder("mkfifo", claim.toString())
                                .start()
                                .waitFor())
                        .isZero();
        }
        registry().claim("pony").close();
        assertThat(claim).doesNotExist();
    }

    private Optional<ServerRegistry.Claim> tryToClaim() {
        try {
            return Optional.of(registry().claim("pony"));
        } catch (PaddockException another) {
            assertThat(another).hasMessageContaining("is being started by another process");
            return Optional.empty();
        }
    }

    private void leaveClaimOfADeadProcess() throws IOException {
        ProcessStamp self = ProcessStamp.ofSelf();
        Files.writeString(claim, new ProcessStamp(self.pid(), self.startTime() + 1, self.namespace()).toString());
    }
}
