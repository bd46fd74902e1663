package dev.paddock.benchmark;

import dev.paddock.PoolSettings;
import dev.paddock.PostgresServer;
import dev.paddock.ServerPool;
import dev.paddock.benchmark.container.ContainerSubjects;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.PaddockSubject;
import dev.paddock.model.ServerSpec;
import dev.paddock.time.Deadline;
import java.time.Duration;
import java.util.Set;

/** Until a server is handed out by a pool that had the time to have one ready. */
record PooledStarts(int rounds) implements Measurement<ContainerSubjects> {
    private static final String POOLED = "docker_pooled_start";
    private static final Duration TO_REFILL = Duration.ofMillis(800);

    @Override
    public Set<String> metrics() {
        return Set.of(POOLED);
    }

    @Override
    public void run(ContainerSubjects subjects, Turns turns, Recorder recorder) {
        turns.note(POOLED + ": " + rounds + " turns");
        try (ServerPool pool = subjects.paddock().pool(ServerSpec.postgres("18"), PoolSettings.DEFAULT)) {
            recorder.discarding(() -> turn(pool, recorder));
            for (int round = 0; round < rounds; round++) {
                Deadline.in(TO_REFILL).await(() -> false);
                turn(pool, recorder);
            }
        }
    }

    private static void turn(ServerPool pool, Recorder recorder) {
        Stopwatch taking = Stopwatch.started();
        try (PostgresServer server = pool.take()) {
            recorder.time(POOLED, "paddock", taking.read());
            new PaddockSubject.Server(server).query();
        }
    }
}
