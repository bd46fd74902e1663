package dev.paddock.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servers of this JVM, found from outside. */
final class Servers {
    private static final int PORT_LINE = 3;

    private Servers() {}

    /** The process id of the postmaster that listens on a port. */
    static long postmasterOn(int port) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> isPostgres(process)
                        && process.parent().filter(Servers::isPostgres).isEmpty())
                .filter(process -> listensOn(process, port))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody listens on " + port))
                .pid();
    }

    /** Its data directory. */
    static Path dataOf(int port) {
        return working(postmasterOn(port));
    }

    private static Path working(long pid) {
        return Path.of("/proc", Long.toString(pid), "cwd");
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    private static boolean listensOn(ProcessHandle postmaster, int port) {
        try {
            return Files.readAllLines(working(postmaster.pid()).resolve("postmaster.pid"))
                    .get(PORT_LINE)
                    .equals(Integer.toString(port));
        } catch (IOException | IndexOutOfBoundsException goneOrStarting) {
            return false;
        }
    }
}
