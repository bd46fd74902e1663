package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Unit;
import dev.paddock.benchmark.subject.RunningServer;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.benchmark.subject.Subjects;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The first server of a fresh JVM, from before the first class of the subject is loaded until its first query is answered.
 * Each turn is a child JVM that measures itself, so that the JVM's own start isn't in it.
 */
record FirstOfJvm(int rounds) implements Measurement<Subjects> {
    static final String COMMAND = "first-of-jvm";
    private static final String METRIC = "first_of_jvm";

    @Override
    public Set<String> metrics() {
        return Set.of(METRIC);
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        turns.take(
                METRIC,
                subjects.all(),
                1,
                rounds,
                recorder,
                subject -> recorder.add(METRIC, subject.name(), Unit.MS, inFreshJvm(subject, subjects.floorKit())));
    }

    private static double inFreshJvm(Subject subject, Path kit) {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                COMMAND,
                subject.name(),
                kit.toString());
        try {
            Process jvm = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (jvm.waitFor() != 0 || !said.matches("\\d+")) {
                throw new PaddockException("a JVM of its own said '" + said + "'");
            }
            return Long.parseLong(said) / 1e6;
        } catch (IOException failure) {
            throw new PaddockException("can't start a JVM: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while a JVM was measuring", interrupted);
        }
    }

    /** In the child: prints the nanoseconds. */
    static int child(List<String> arguments) {
        if (arguments.size() != 2) {
            throw new InvalidSpecException("which subject, and where is the floor's folder?", Options.USAGE);
        }
        Stopwatch watch = Stopwatch.started();
        try (Subject subject = Subjects.alone(arguments.get(0), Path.of(arguments.get(1)))) {
            Subject.Start start = subject.prepare();
            // What a bare server's directory takes to lay out is not its start.
            Stopwatch starting = arguments.get(0).equals("floor") ? Stopwatch.started() : watch;
            try (RunningServer server = start.run()) {
                server.query();
                System.out.println(starting.read().toNanos());
            }
        }
        return 0;
    }
}
