package dev.paddock.cli;

import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The command as a process of its own, in a home of its own. All commands of the test run share one cache, since to fill it
 * takes longer than most of them.
 */
final class Cli implements AutoCloseable {
    private static final Path WARM = Path.of("target/warm-cache").toAbsolutePath();

    /** What users run, which starts in a fraction of the time; it becomes the JVM, and so has its process number. */
    private static final Optional<Path> LAUNCHER = PaddockCommand.ofCheckout().launcher();

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String terminals = "";

    private Cli(Path folder) {
        this.folder = folder;
    }

    /** One whose servers no other sees. Its folder is the caller's to remove. */
    static Cli in(Path folder) {
        Cli cli = new Cli(folder);
        return cli.with("XDG_CACHE_HOME", WARM.toString())
                .with("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** As if these of its streams were terminals. */
    Cli onTerminals(String numbers) {
        terminals = numbers;
        return this;
    }

    /** What a command answered. */
    record Answer(int code, String out, String err) {}

    /** Runs it to its end. */
    Answer run(String... arguments) {
        return finish(start(List.of(), arguments), Duration.ofSeconds(90));
    }

    /** Starts it at the head of a process group of its own, as a shell starts a job in the foreground. */
    Process job(String... arguments) {
        return start(List.of("setsid"), arguments);
    }

    Answer finish(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                // Makes the JVM print what its threads are doing.
                new ProcessBuilder("/bin/kill", "-s", "QUIT", Long.toString(process.pid()))
                        .start()
                        .waitFor();
                process.waitFor(1, TimeUnit.SECONDS);
                process.destroyForcibly();
                throw new AssertionError(
                        "no answer for " + patience + "; it said: " + read(process, "err") + read(process, "out"));
            }
            return new Answer(process.exitValue(), read(process, "out"), read(process, "err"));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** Waits until a running command has written this to standard output. */
    void awaitOutput(Process process, String text) {
        Deadline.in(Duration.ofSeconds(60)).await(() -> read(process, "out").contains(text) || !process.isAlive());
        if (!read(process, "out").contains(text)) {
            throw new AssertionError("it never said " + text + " but " + read(process, "err"));
        }
    }

    String outputOf(Process process) {
        return read(process, "out");
    }

    Path folder() {
        return folder;
    }

    Path state() {
        return folder.resolve("state");
    }

    /** Starts it by way of another command. */
    Process start(List<String> prefix, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        Optional<Path> launcher = terminals.isEmpty() ? LAUNCHER : Optional.empty();
        if (launcher.isPresent()) {
            command.add(launcher.get().toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
            command.add("-Dpaddock.terminals=" + terminals);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.paddock.cli.Main"));
        }
        command.addAll(List.of(arguments));
        try {
            Path stem = Files.createTempFile(folder, "streams", "");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(stem.toFile())
                    .redirectError(Path.of(stem + "-err").toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("PG") || name.startsWith("PADDOCK_") || name.equals("NO_COLOR"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            Files.move(stem, folder.resolve(process.pid() + "-out"));
            Files.move(Path.of(stem + "-err"), folder.resolve(process.pid() + "-err"));
            return process;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String read(Process process, String stream) {
        try {
            return Files.readString(folder.resolve(process.pid() + "-" + stream), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        run("down", "--all");
    }
}
