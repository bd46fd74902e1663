package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.docker.connection.DockerConnection;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Docker Engine that is restarted while servers run on it. */
final class EngineRestartTest extends OnDocker {
    @Test
    @Timeout(300)
    void serversEndOrComeBackAndOthersCanBeStarted(@TempDir Path home) throws Exception {
        try (OwnEngine engine = OwnEngine.start()) {
            engine.take(docker(), IMAGE);
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Survivor.class.getName(),
                    home.toString());
            builder.environment().put("DOCKER_HOST", engine.address());
            Process survivor = builder.redirectErrorStream(true).start();
            List<String> said = new ArrayList<>();
            try (BufferedReader output = survivor.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    said.add(line);
                    if (line.equals("ready")) {
                        engine.restart();
                        survivor.getOutputStream().write('\n');
                        survivor.getOutputStream().flush();
                    }
                }
            } finally {
                survivor.destroyForcibly();
            }
            assertThat(said)
                    .containsSubsequence(
                            "the owned one has ended",
                            "the lost one is false",
                            "the kept one is back",
                            "the next one is true",
                            "the lost one is listed as failed: true",
                            "done");
            try (DockerConnection connection = engine.connect()) {
                assertThat(connection
                                .client()
                                .listContainersCmd()
                                .withShowAll(true)
                                .exec())
                        .isEmpty();
            }
        }
    }
}
