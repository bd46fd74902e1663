package dev.paddock.benchmark;

import dev.paddock.benchmark.container.ContainerSubjects;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.RunningServer;
import dev.paddock.benchmark.subject.Subject;
import java.util.Set;

/** From the call that starts a server in a container to the answer of its first query; and the call that closes it. */
record ContainerStarts(int rounds) implements Measurement<ContainerSubjects> {
    private static final String START = "docker_start_to_first_query";
    private static final String CLOSE = "docker_close";
    private static final int WARM_UPS = 5;

    @Override
    public Set<String> metrics() {
        return Set.of(START, CLOSE);
    }

    @Override
    public void run(ContainerSubjects subjects, Turns turns, Recorder recorder) {
        turns.take(START, subjects.all(), WARM_UPS, rounds, recorder, subject -> turn(subject, recorder));
    }

    private static void turn(Subject subject, Recorder recorder) {
        Subject.Start start = subject.prepare();
        Stopwatch starting = Stopwatch.started();
        RunningServer server = start.run();
        try {
            server.query();
            recorder.time(START, subject.name(), starting.read());
        } finally {
            Stopwatch closing = Stopwatch.started();
            server.close();
            recorder.time(CLOSE, subject.name(), closing.read());
            // What an engine does after a close is nobody's start.
            LeaseLatency.rest();
        }
    }
}
