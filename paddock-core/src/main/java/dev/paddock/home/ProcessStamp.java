package dev.paddock.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told apart from any later one with the same number.
 *
 * @param pid as the system counts outside of any container of ours
 * @param startTime in the system's own unit, comparable on one machine only
 */
public record ProcessStamp(long pid, long startTime) {
    private static final int START_TIME_FIELD = 22;

    public static ProcessStamp ofSelf() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IllegalStateException("this process isn't there"));
    }

    /** The process that has this number now; empty if none has, or if it is a zombie. */
    public static Optional<ProcessStamp> of(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            // The command's name, in parentheses, may hold anything; it is the second field.
            String line = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") || fields[0].equals("X")
                    ? Optional.empty()
                    : Optional.of(new ProcessStamp(pid, Long.parseLong(fields[START_TIME_FIELD - 3])));
        } catch (IOException noProcOrNoProcess) {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? Optional.empty()
                    : ProcessHandle.of(pid)
                            .flatMap(handle -> handle.info().startInstant())
                            .map(start -> new ProcessStamp(pid, start.toEpochMilli()));
        }
    }

    /** Whether the process of this number has been stopped, as by SIGSTOP, and waits to be let go on. */
    public static boolean isStopped(long pid) {
        try {
            String line = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat")), StandardCharsets.ISO_8859_1);
            return line.startsWith("T", line.lastIndexOf(')') + 2);
        } catch (IOException noProcOrNoProcess) {
            return false;
        }
    }

    /** Reads what {@link #toString} writes; empty if it isn't that. */
    public static Optional<ProcessStamp> parse(String text) {
        int dash = text.indexOf('-');
        try {
            return dash < 0
                    ? Optional.empty()
                    : Optional.of(new ProcessStamp(
                            Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1))));
        } catch (NumberFormatException somethingElse) {
            return Optional.empty();
        }
    }

    public boolean isAlive() {
        return of(pid).equals(Optional.of(this));
    }

    @Override
    public String toString() {
        return pid + "-" + startTime;
    }
}
