package dev.paddock.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told apart from any later one with the same number, and from those of other containers.
 *
 * @param pid as the system counts outside of any container of ours
 * @param startTime in the system's own unit, comparable on one machine only
 * @param namespace the PID namespace whose processes are numbered so; zero where the system has none
 */
public record ProcessStamp(long pid, long startTime, long namespace) {
    private static final int START_TIME_FIELD = 22;
    /** That of the machine itself, as the kernel numbers them. It goes without saying, for stamps are parts of names that may only be so long. */
    private static final long OF_MACHINE = 0xEFFFFFFCL;

    private static final long OWN_NAMESPACE = ownNamespace();

    private static long ownNamespace() {
        try {
            return Long.parseLong(Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .replaceAll("\\D", ""));
        } catch (IOException | NumberFormatException noNamespaces) {
            return 0;
        }
    }

    private static ProcessStamp here(long pid, long startTime) {
        return new ProcessStamp(pid, startTime, OWN_NAMESPACE);
    }

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
                    : Optional.of(here(pid, Long.parseLong(fields[START_TIME_FIELD - 3])));
        } catch (IOException noProcOrNoProcess) {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? Optional.empty()
                    : ProcessHandle.of(pid)
                            .flatMap(handle -> handle.info().startInstant())
                            .map(start -> here(pid, start.toEpochMilli()));
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

    /** Reads what {@link #toString} writes, in the first line; empty if it isn't that. */
    public static Optional<ProcessStamp> parse(String text) {
        String[] numbers = text.split("\\R", 2)[0].split("-");
        try {
            return numbers.length < 2
                    ? Optional.empty()
                    : Optional.of(new ProcessStamp(
                            Long.parseLong(numbers[0]),
                            Long.parseLong(numbers[1]),
                            numbers.length < 3 ? OF_MACHINE : Long.parseLong(numbers[2], Character.MAX_RADIX)));
        } catch (NumberFormatException somethingElse) {
            return Optional.empty();
        }
    }

    /** Whether it belongs to another PID namespace, as those of other containers do: nothing of it can be seen from here. */
    public boolean isOutOfSight() {
        return namespace != OWN_NAMESPACE;
    }

    /** Whether it is seen to run. */
    public boolean isAlive() {
        return !isOutOfSight()
                && of(pid).filter(now -> now.startTime == startTime).isPresent();
    }

    @Override
    public String toString() {
        String here = pid + "-" + startTime;
        return namespace == OF_MACHINE ? here : here + "-" + Long.toString(namespace, Character.MAX_RADIX);
    }
}
