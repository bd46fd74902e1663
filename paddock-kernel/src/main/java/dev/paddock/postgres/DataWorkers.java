package dev.paddock.postgres;

import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's processes that work in a data directory: each has it as its working directory. The kernel tells that of whatever
 * namespace they are in, and of those whose postmaster was killed, where a file with a number in it proves nothing. On a system
 * without {@code /proc} there are none to be found.
 */
public record DataWorkers(Path data) {
    private static final Path PROCESSES = Path.of("/proc");
    /** In a session's folder, or in that of a container. */
    private static final Pattern OUR_CONFIGURATION =
            Pattern.compile("config_file=[^\\x00]*/(?:\\.paddock|paddock-[^/\\x00]*)/");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    List<ProcessStamp> find() {
        if (!Files.isDirectory(PROCESSES.resolve("self")) || !Files.isDirectory(data)) {
            return List.of();
        }
        List<ProcessStamp> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            for (Path process : processes.filter(DataWorkers::isNumber).toList()) {
                if (worksHere(process)) {
                    stamp(process).ifPresent(found::add);
                }
            }
        } catch (IOException failure) {
            throw new PaddockException("can't read " + PROCESSES + ": " + failure.getMessage(), failure);
        }
        return found;
    }

    private static Optional<ProcessStamp> stamp(Path process) {
        return ProcessStamp.of(Long.parseLong(process.getFileName().toString()));
    }

    private static boolean isNumber(Path process) {
        return Character.isDigit(process.getFileName().toString().charAt(0));
    }

    private boolean worksHere(Path process) {
        try {
            return Files.isSameFile(process.resolve("cwd"), data)
                    // A shell of the user's may stand here too.
                    && Files.readSymbolicLink(process.resolve("exe"))
                            .getFileName()
                            .toString()
                            .startsWith("postgres");
        } catch (IOException goneOrSomebodyElses) {
            return false;
        }
    }

    /** The first of them that no Paddock has started: somebody runs the data without it. */
    Optional<ProcessStamp> stranger() {
        return find().stream().filter(each -> !isOurs(each)).findFirst();
    }

    /** A postmaster of ours has its configuration in a session's folder; its children say only what they do. */
    private static boolean isOurs(ProcessStamp process) {
        try {
            String command = Files.readString(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return command.startsWith("postgres: ")
                    || OUR_CONFIGURATION.matcher(command).find();
        } catch (IOException gone) {
            return true;
        }
    }

    /**
     * Kills them all; what they leave is recovered by the next server.
     *
     * @throws PaddockException if one of them stays
     */
    public void kill() {
        Deadline deadline = Deadline.in(PATIENCE);
        // The postmaster may make another while this looks.
        for (List<ProcessStamp> left = find(); !left.isEmpty(); left = find()) {
            List<ProcessStamp> killed = left;
            killed.forEach(each -> ProcessHandle.of(each.pid()).ifPresent(ProcessHandle::destroyForcibly));
            if (!deadline.await(() -> killed.stream().noneMatch(ProcessStamp::isAlive))) {
                throw new PaddockException(
                        "the process " + killed.get(0).pid() + " still works on " + data + " and can't be ended",
                        "look at what it waits for: cat /proc/" + killed.get(0).pid() + "/stack");
            }
        }
    }
}
