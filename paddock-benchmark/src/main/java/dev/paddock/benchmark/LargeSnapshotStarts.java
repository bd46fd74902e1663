package dev.paddock.benchmark;

import dev.paddock.Paddock;
import dev.paddock.benchmark.container.ContainerSubjects;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.model.ServerSpec;
import java.util.Set;

/** A server that begins with 1 GB, in turns with one that begins with nothing. */
record LargeSnapshotStarts(int rounds) implements Measurement<ContainerSubjects> {
    private static final String LARGE = "docker_snapshot_1gb_start";
    private static final String EMPTY = "docker_snapshot_empty_start";
    private static final int PAGES = 131_072;

    @Override
    public Set<String> metrics() {
        return Set.of(LARGE, EMPTY);
    }

    @Override
    public void run(ContainerSubjects subjects, Turns turns, Recorder recorder) {
        Paddock paddock = subjects.paddock();
        String name = "benchmark-1gb-" + ProcessHandle.current().pid();
        turns.note(LARGE + ": making the snapshot");
        try {
            Ballast.snapshot(paddock, PAGES, name);
            recorder.discarding(() -> round(paddock, name, recorder));
            turns.note(LARGE + ": " + rounds + " turns");
            for (int round = 0; round < rounds; round++) {
                round(paddock, name, recorder);
            }
        } finally {
            paddock.snapshots().find(name).ifPresent(made -> paddock.snapshots().remove(name));
        }
    }

    private static void round(Paddock paddock, String name, Recorder recorder) {
        Ballast.start(paddock, ServerSpec.postgres("18"), 0, time -> recorder.time(EMPTY, "paddock", time));
        LeaseLatency.rest();
        Ballast.start(paddock, ServerSpec.snapshot(name), PAGES, time -> recorder.time(LARGE, "paddock", time));
        LeaseLatency.rest();
    }
}
