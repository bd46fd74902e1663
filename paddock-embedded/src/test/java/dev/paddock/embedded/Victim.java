package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that starts and closes servers until somebody kills it. */
final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws Exception {
        Paddock paddock = Paddock.open("embedded", PaddockHome.under(Path.of(arguments[0])), Progress.NONE);
        List<PostgresServer> running = new ArrayList<>();
        while (true) {
            running.add(paddock.start(ServerSpec.create()));
            System.out.println("running");
            if (running.size() == 3) {
                running.remove(0).close();
            }
        }
    }

    /** Starts it in a JVM of its own, with its own folder for temporary files. */
    static Process start(Path home, Path temp, String storage) throws java.io.IOException {
        return command(home, temp, storage).start();
    }

    static ProcessBuilder command(Path home, Path temp, String storage) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Victim.class.getName(),
                home.toString())));
        builder.environment().put("TMPDIR", temp.toString());
        builder.environment().put("PADDOCK_STORAGE", storage);
        return builder.redirectErrorStream(true);
    }

    /** Waits until it says that a server is running. */
    static void awaitServer(Process victim) throws java.io.IOException {
        java.io.BufferedReader output = victim.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("running")) {
                return;
            }
            System.err.println("victim: " + line);
        }
        throw new IllegalStateException("the victim ended by itself");
    }

    static void kill(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
    }
}
