package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.RunningServer;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.benchmark.subject.Subjects;
import java.util.Set;

/** From the call that starts a server to the answer of its first query; and the call that closes it. */
record StartAndClose(int rounds) implements Measurement<Subjects> {
    private static final String START = "start_to_first_query";
    private static final String CLOSE = "close";
    private static final int FEW = 2;
    private static final int MANY = 30;

    @Override
    public Set<String> metrics() {
        return Set.of(START, CLOSE);
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        turns.take(START, subjects.all(), 0, rounds, recorder, subject -> turn(subject, recorder));
    }

    /** What each JVM and machine needs before any figure of it counts; the more of it the less a start takes. */
    static void warmUp(Subjects subjects, Turns turns, Recorder recorder) {
        turns.take("warm-up", subjects.quick(), MANY, 0, recorder, subject -> turn(subject, recorder));
        turns.take("warm-up of all", subjects.all(), FEW, 0, recorder, subject -> turn(subject, recorder));
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
        }
    }
}
