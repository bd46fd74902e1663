package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Result;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code paddock run -- true} and {@code pg_virtualenv true} as whole processes. The latter runs the system's PostgreSQL, for it
 * can't run another.
 */
final class CliBenchmark {
    private static final String METRIC = "run_true";
    private static final int ROUNDS = 15;

    private CliBenchmark() {}

    /** To be run in the root of a checkout, where {@code ./paddock} is. */
    static List<Result> run(Options options) {
        Recorder recorder = new Recorder("cli");
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("paddock", List.of("./paddock", "run", "--", "true"));
        commands.put("pg_virtualenv", List.of("pg_virtualenv", "true"));
        recorder.discarding(() -> round(commands, recorder));
        for (int round = 0; round < options.runs(ROUNDS); round++) {
            round(commands, recorder);
        }
        return recorder.results();
    }

    private static void round(Map<String, List<String>> commands, Recorder recorder) {
        commands.forEach((subject, command) -> {
            Stopwatch watch = Stopwatch.started();
            run(command);
            recorder.time(METRIC, subject, watch.read());
        });
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new PaddockException(String.join(" ", command) + " exited with " + exit + ": " + said.strip());
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't run " + command.get(0) + ": " + failure.getMessage(),
                    command.get(0).startsWith("./")
                            ? "run the benchmark in the root of a checkout"
                            : "install Debian's postgresql-common and postgresql",
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while " + command.get(0) + " was running", interrupted);
        }
    }
}
