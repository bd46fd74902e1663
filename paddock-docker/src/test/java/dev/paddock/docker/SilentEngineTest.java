package dev.paddock.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.docker.connection.EngineAddress;
import dev.paddock.docker.container.Containers;
import dev.paddock.docker.container.Handle;
import dev.paddock.docker.container.Ours;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.registry.ServerRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that stands still is waited for some seconds, and is no evidence that its servers are gone. */
@Timeout(120)
final class SilentEngineTest extends OnDocker {
    private static Path engine() {
        return Path.of(EngineAddress.find(System.getenv()).uri().getPath());
    }

    @Test
    void whetherAServerRunsIsADoubtWhileTheEngineStandsStill(@TempDir Path folder) throws Exception {
        try (StallingEngine stalling = StallingEngine.before(engine(), folder);
                PostgresServer server = paddock.start(spec());
                DockerConnection connection = DockerConnection.open(Map.of("DOCKER_HOST", stalling.address()))) {
            Containers containers = new Containers(connection, Ours.in(HOME));
            assertThat(containers.isRunning(server.identity())).isTrue();
            stalling.stall();
            for (Runnable question : List.<Runnable>of(
                    () -> containers.isRunning(server.identity()),
                    () -> containers.end(server.identity()),
                    () -> DockerConnection.open(Map.of("DOCKER_HOST", stalling.address()))
                            .close())) {
                assertThatThrownBy(question::run)
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining(stalling.address())
                        .hasMessageContaining("doesn't answer within 20 s");
            }
            stalling.goOn();
            assertThat(containers.isRunning(server.identity())).isTrue();
        }
    }

    @Test
    void whatStreamsMayBeSilentForLonger(@TempDir Path folder) throws Exception {
        try (StallingEngine stalling = StallingEngine.before(engine(), folder);
                PostgresServer server = paddock.start(spec());
                DockerConnection connection = DockerConnection.open(Map.of("DOCKER_HOST", stalling.address()))) {
            String exec = connection
                    .client()
                    .execCreateCmd(server.identity())
                    .withCmd("sh", "-c", "sleep 13; echo well")
                    .withAttachStdout(true)
                    .exec()
                    .getId();
            AtomicBoolean heard = new AtomicBoolean();
            boolean ended = connection
                    .client()
                    .execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            heard.set(new String(frame.getPayload(), StandardCharsets.UTF_8).contains("well"));
                        }
                    })
                    .awaitCompletion(30, TimeUnit.SECONDS);
            assertThat(ended).isTrue();
            assertThat(heard).isTrue();
        }
    }

    @Test
    void commandsEndThoughTheEngineStandsStillAndTheRecordsStay(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home");
        try (Paddock own = Paddock.open("docker", PaddockHome.under(home), Progress.NONE);
                StallingEngine stalling = StallingEngine.before(engine(), folder)) {
            ServerRecord first = own.up(Optional.of("first"), spec());
            ServerRecord second = own.up(Optional.of("second"), spec());
            try {
                stalling.stall();
                ProcessBuilder builder = Victim.program(Asking.class, home.toString(), "first");
                builder.environment().put("DOCKER_HOST", stalling.address());
                long began = System.nanoTime();
                Process asking = builder.start();
                String said;
                try {
                    assertThat(asking.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } finally {
                    Victim.kill(asking);
                }
                assertThat(said.lines().toList())
                        .hasSize(3)
                        .allSatisfy(line -> assertThat(line).contains("doesn't answer within 20 s"));
                // For one of them it was waited; the others are in doubt with it.
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(45));
                assertThat(own.registry().list()).extracting(ServerRecord::name).containsExactly("first", "second");
            } finally {
                own.down(first.name());
                own.down(second.name());
                // Where a home has a long path its sockets are in a folder elsewhere, which outlasts it.
                Folders.delete(Path.of(new Handle(first.handle()).fact("folder"))
                        .resolve("..")
                        .normalize());
            }
        }
    }
}
