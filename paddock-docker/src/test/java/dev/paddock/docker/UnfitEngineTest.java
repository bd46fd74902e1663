package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers, but is no engine that servers could run on; played, since no engine that old can be had. */
final class UnfitEngineTest {
    @TempDir
    Path folder = Path.of("");

    private void open(String version) throws Exception {
        try (SimulatedEngine engine = SimulatedEngine.answering(folder, version)) {
            DockerConnection.open(Map.of("DOCKER_HOST", engine.address())).close();
        }
    }

    @Test
    void anEngineThatIsTooOldIsRefusedWithWhatWouldDo() {
        assertThatThrownBy(() -> open("""
                        {"Version": "17.06.2-ce", "ApiVersion": "1.30", "MinAPIVersion": "1.12", "Os": "linux", "Arch": "amd64"}"""))
                .isInstanceOf(PaddockException.class)
                .hasMessage("the Docker Engine at unix://" + folder.resolve("docker.sock")
                        + " is too old: its interface is 1.30, Paddock needs 1.41")
                .extracting(failure -> ((PaddockException) failure).hint().orElse(""))
                .isEqualTo("use Docker 20.10 or newer, or Podman 4 or newer");
    }

    @Test
    void whatIsNoEngineAtAllIsNamed() {
        for (String answer : new String[] {"{}", "<html>It works!</html>"}) {
            assertThatThrownBy(() -> open(answer))
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("unix://" + folder.resolve("docker.sock"));
        }
    }
}
