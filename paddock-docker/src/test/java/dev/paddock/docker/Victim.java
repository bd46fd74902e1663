package dev.paddock.docker;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that starts and closes servers in containers until somebody kills it. */
final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws Exception {
        Paddock paddock = Paddock.open("docker", PaddockHome.under(Path.of(arguments[0])), Progress.NONE);
        ContainerSpec container =
                ContainerSpec.DEFAULT.withLabels(Map.of("victim", arguments[1])).withNetwork(arguments[1], List.of());
        List<PostgresServer> running = new ArrayList<>();
        while (true) {
            running.add(paddock.start(ServerSpec.postgres("15").withContainer(container)));
            System.out.println("running");
            if (running.size() == 3) {
                running.remove(0).close();
            }
        }
    }

    /** @param name what its containers are labelled with, and what their network is called */
    static Process start(Path home, String name) throws IOException {
        return start(Victim.class, home.toString(), name);
    }

    /** Another program that is to be killed. */
    static Process start(Class<?> program, String... arguments) throws IOException {
        return program(program, arguments).start();
    }

    /** The same, before it is started. */
    static ProcessBuilder program(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** Waits until it says that a server is running. */
    static void awaitServer(Process victim) throws IOException {
        BufferedReader output = victim.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("running")) {
                return;
            }
            System.err.println("victim: " + line);
        }
        throw new IllegalStateException("the victim ended by itself");
    }

    static void kill(Process victim) throws Exception {
        victim.destroyForcibly();
        victim.onExit().get(10, TimeUnit.SECONDS);
    }
}
