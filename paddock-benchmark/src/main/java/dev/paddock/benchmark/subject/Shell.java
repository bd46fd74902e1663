package dev.paddock.benchmark.subject;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the system's small programs. */
public final class Shell {
    /** Who PostgreSQL runs as when the benchmark runs as root. */
    static final String UNPRIVILEGED = "nobody";

    private Shell() {}

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** @throws PaddockException with what the program said, if it fails */
    public static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new PaddockException(List.of(command) + " exited with " + exit + ": " + said.strip());
            }
        } catch (IOException failure) {
            throw new PaddockException("can't run " + command[0] + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while " + command[0] + " was running", interrupted);
        }
    }
}
