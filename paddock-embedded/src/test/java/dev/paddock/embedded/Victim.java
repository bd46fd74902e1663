package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that starts and closes servers until somebody kills it. */
final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws Exception {
        Paddock paddock = Paddock.open("embedded", PaddockHome.under(Path.of(arguments[0])), Progress.NONE);
        if (arguments.length > 1) {
            paddock.start(ServerSpec.create()
                    .withStorage(new Storage.OnDisk(Path.of(arguments[1])))
                    .withInit(List.of(Path.of(arguments[2]))));
            System.out.println("running");
            System.in.read();
        }
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

    /** The same with one server, whose data is in a folder and begins with a script. */
    static Process startOnDisk(Path home, Path temp, String storage, Path folder, Path script)
            throws java.io.IOException {
        return command(temp, storage, List.of(home.toString(), folder.toString(), script.toString()))
                .start();
    }

    static ProcessBuilder command(Path home, Path temp, String storage) {
        return command(temp, storage, List.of(home.toString()));
    }

    private static ProcessBuilder command(Path temp, String storage, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Victim.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
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
