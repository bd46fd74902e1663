package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.engine.EngineServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Progress;
import dev.paddock.model.RestartPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Tuning;
import dev.paddock.registry.ServerRecord;
import dev.paddock.wire.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A program whose engine is restarted while it has servers, and that tells what became of them. */
final class Survivor {
    private Survivor() {}

    public static void main(String[] arguments) throws Exception {
        try (Paddock paddock = Paddock.open("docker", PaddockHome.under(Path.of(arguments[0])), Progress.NONE)) {
            ContainerSpec container =
                    ContainerSpec.DEFAULT.withImage(OnDocker.IMAGE).withNetwork("survivors", List.of());
            ServerSpec spec = ServerSpec.create().withContainer(container);
            PostgresServer owned = paddock.start(spec);
            ServerRecord lost = paddock.up(Optional.of("lost"), spec);
            ServerRecord kept = paddock.up(
                    Optional.of("kept"),
                    spec.withTuning(Tuning.DURABLE)
                            .withContainer(container.withRestart(RestartPolicy.parse("unless-stopped"))));
            query(paddock.attach(kept), "CREATE TABLE pony AS SELECT 'Merlin' AS name");
            System.out.println("ready");
            System.in.read();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !owned.isAlive());
            System.out.println("the owned one has ended");
            System.out.println(
                    "the lost one is " + paddock.registry().find(lost.name()).isPresent());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() ->
                            query(paddock.attach(kept), "SELECT name FROM pony").equals("Merlin"));
            System.out.println("the kept one is back");
            try (PostgresServer next = paddock.start(spec)) {
                System.out.println("the next one is " + next.isAlive());
            }
            owned.close();
            paddock.down(kept.name());
            System.out.println("the lost one is listed as failed: "
                    + paddock.registry().look(lost.name()).orElseThrow().hasFailed());
            paddock.down(lost.name());
        }
        System.out.println("done");
        System.exit(0);
    }

    private static String query(EngineServer server, String sql) {
        try (var connection = server.connect(Login.of("postgres", "postgres"), Duration.ofSeconds(10))) {
            var rows = connection.query(sql);
            return rows.isEmpty() ? "" : rows.get(0).get(0).orElse("");
        }
    }
}
