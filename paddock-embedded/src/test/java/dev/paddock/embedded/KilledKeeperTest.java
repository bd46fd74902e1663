package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.contract.EngineContract;
import dev.paddock.embedded.supervision.Processes;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ServerSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While a snapshot is made of it, a server stands still; and never longer. */
final class KilledKeeperTest {
    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void aServerGoesOnWhoseKeeperWasKilledWhileItStoodStill(String storage) throws Exception {
        String name = "kept-still-" + storage + "-" + ProcessHandle.current().pid();
        try (Paddock paddock = Engines.storedAs(storage, EngineContract.sharedHome());
                PostgresServer server = paddock.start(ServerSpec.create())) {
            // So much that it takes a while to copy.
            execute(server, "CREATE TABLE big AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 200000)");
            long postmaster = Long.parseLong(server.identity());
            CompletableFuture<Void> snapshot = CompletableFuture.runAsync(() -> server.snapshot(name));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> ProcessStamp.isStopped(postmaster));
            keepers().forEach(ProcessHandle::destroyForcibly);
            try {
                snapshot.get(60, TimeUnit.SECONDS);
                paddock.snapshots().remove(name);
            } catch (ExecutionException refused) {
                // If not all stood yet.
                assertThat(refused).hasCauseInstanceOf(PaddockException.class).hasMessageContaining("has ended");
            }
            assertThat(Processes.familyOf(postmaster))
                    .isNotEmpty()
                    .noneMatch(each -> ProcessStamp.isStopped(each.pid()));
            assertThat(Intruder.ask(server, "SELECT count(*) FROM big")).isEqualTo("200000");
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<ProcessHandle> keepers() {
        List<ProcessHandle> keepers = ProcessHandle.current()
                .children()
                .filter(each -> each.info().commandLine().orElse("").contains("read -r pids"))
                .toList();
        assertThat(keepers).isNotEmpty();
        return keepers;
    }
}
