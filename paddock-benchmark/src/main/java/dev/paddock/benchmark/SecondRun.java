package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Contents;
import dev.paddock.benchmark.lending.Lender;
import dev.paddock.benchmark.lending.Lending;
import dev.paddock.benchmark.lending.Lendings;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Unit;
import dev.paddock.benchmark.subject.Named;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A new JVM that wants a migrated database, after another one has had it: from the first line of its {@code main} until it has one,
 * and until that has answered. No migration may run again, but in zonky's, where each JVM begins anew. The server of
 * {@code create_database} runs all the time.
 */
record SecondRun(int rounds, int all) implements Measurement<Lendings> {
    private static final String READY = "second_run_ready";
    private static final String FIRST_QUERY = "second_run_first_query";

    @Override
    public Set<String> metrics() {
        return Set.of(READY, FIRST_QUERY);
    }

    /** A subject that a JVM of its own opens. */
    private record Fresh(String name) implements Named {}

    @Override
    public void run(Lendings subjects, Turns turns, Recorder recorder) {
        Content content = Contents.shop();
        Lending own = subjects.all().get(0);
        try (Lender first = own.open(content)) {
            first.borrow().close();
        }
        ConnectionInfo standing = subjects.standing(content);
        int together = Math.min(rounds, all);
        Fresh paddock = new Fresh(own.name());
        turns.take(
                READY,
                List.of(paddock, new Fresh("create_database"), new Fresh("zonky")),
                0,
                together,
                recorder,
                fresh -> turn(fresh, standing, recorder));
        turns.take(
                READY + ", more",
                List.of(paddock),
                0,
                rounds - together,
                recorder,
                fresh -> turn(fresh, standing, recorder));
    }

    private static void turn(Fresh subject, ConnectionInfo standing, Recorder recorder) {
        String[] times = inFreshJvm(subject.name(), standing).split(" ");
        recorder.add(READY, subject.name(), Unit.MS, Long.parseLong(times[0]) / 1e6);
        recorder.add(FIRST_QUERY, subject.name(), Unit.MS, Long.parseLong(times[1]) / 1e6);
    }

    private static String inFreshJvm(String subject, ConnectionInfo standing) {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                SecondJvm.class.getName(),
                subject);
        try {
            Process jvm = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (Writer in = jvm.outputWriter(StandardCharsets.UTF_8)) {
                in.write(SecondJvm.encode(standing));
            }
            String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (jvm.waitFor() != 0 || !said.matches("\\d+ \\d+")) {
                throw new PaddockException("a JVM of its own said '" + said + "'");
            }
            return said;
        } catch (IOException failure) {
            throw new PaddockException("can't start a JVM: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while a JVM was measuring", interrupted);
        }
    }
}
