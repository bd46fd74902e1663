package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.subject.RunningServer;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.benchmark.subject.Subjects;
import java.util.List;
import java.util.Set;

/** From the call that starts a server to the answer of its first query; and the call that closes it. */
record StartAndClose(int rounds) implements Measurement {
    private static final String START = "start_to_first_query";
    private static final String CLOSE = "close";
    private static final int WARM_UPS = 3;
    private static final int MORE_WARM_UPS = 20;

    @Override
    public Set<String> metrics() {
        return Set.of(START, CLOSE);
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        List<Subject> quick = subjects.all().stream()
                .filter(each -> !each.name().equals("zonky"))
                .toList();
        turns.take("warm-up", quick, MORE_WARM_UPS, 0, recorder, subject -> turn(subject, recorder));
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
        }
    }
}
