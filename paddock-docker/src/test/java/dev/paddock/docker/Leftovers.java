package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contract.EngineContract;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.container.Ours;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What this process has on the engine, and in its home, when all that it opened is closed. */
final class Leftovers {
    private Leftovers() {}

    /** The engine takes a moment for the last of it. */
    static void awaitNone() {
        PaddockHome home = EngineContract.sharedHome();
        try (DockerConnection connection = DockerConnection.open(System.getenv())) {
            List<String> own =
                    List.of(Ours.HOME + "=" + Ours.in(home).home(), "dev.paddock.owner=" + ProcessStamp.ofSelf());
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(connection
                                .client()
                                .listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(own)
                                .exec())
                        .isEmpty();
                assertThat(connection
                                .client()
                                .listNetworksCmd()
                                .withFilter("label", own)
                                .exec())
                        .isEmpty();
                assertThat(folders(home)).isEmpty();
            });
        } catch (PaddockException noEngine) {
            // Then the tests have been skipped.
        }
    }

    /** Those that this process shares with containers. */
    static List<Path> folders(PaddockHome home) {
        try (Stream<Path> folders = Files.list(home.stateFolder("docker"))) {
            return folders.filter(each -> each.getFileName()
                            .toString()
                            .contains(ProcessStamp.ofSelf().toString()))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
