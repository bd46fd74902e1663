package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.EngineContract;
import dev.paddock.model.ServerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server ends when its time is over, neither sooner nor later, whatever happens meanwhile. */
final class TimeToLiveTest {
    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aServerEndsThoughItCanNotBeNotedThatItsTimeIsOver(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, EngineContract.sharedHome());
                PostgresServer server = paddock.start(ServerSpec.create().withTtl(Duration.ofSeconds(2)))) {
            Path folder = server.socketFolder().orElseThrow().resolve("..").normalize();
            // As where there is no space left for a file.
            Files.createDirectory(folder.resolveSibling(folder.getFileName() + ".expired"));
            Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> !server.isAlive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void whoeverEndsASleepDoesNotEndAServer(String storage) throws Exception {
        try (Paddock paddock = Engines.storedAs(storage, EngineContract.sharedHome());
                PostgresServer server = paddock.start(ServerSpec.create().withTtl(Duration.ofSeconds(5)))) {
            List<ProcessHandle> sleeps = ProcessHandle.current()
                    .descendants()
                    .filter(each -> Arrays.equals(each.info().arguments().orElse(new String[0]), new String[] {"5"}))
                    .toList();
            assertThat(sleeps).hasSize(1);
            sleeps.forEach(ProcessHandle::destroyForcibly);
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(4))
                    .until(server::isAlive);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());
        }
    }
}
