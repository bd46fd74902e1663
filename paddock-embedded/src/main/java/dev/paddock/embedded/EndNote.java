package dev.paddock.embedded;

import dev.paddock.home.ProcessStamp;
import dev.paddock.home.WholeFile;
import dev.paddock.model.ServerEnd;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a standing server ended: its supervisor notes that, before the memory goes that the log is in. Without a note it was the
 * supervisor itself that was killed, or the machine.
 */
final class EndNote {
    private static final Duration TO_NOTE = Duration.ofSeconds(2);
    private static final String BOOT = "btime ";

    private EndNote() {}

    static ServerEnd read(ProcessStamp supervisor, Path note, Instant started) {
        // What keeps the server notes its end, and ends then.
        Deadline.in(TO_NOTE).await(() -> Files.exists(note) || !supervisor.isAlive());
        try {
            List<String> lines = text(note).lines().toList();
            return new ServerEnd(
                    Optional.of(Instant.ofEpochSecond(Long.parseLong(lines.get(0)))),
                    ServerEnd.reason(Integer.parseInt(lines.get(1))),
                    log(note));
        } catch (NoSuchFileException none) {
            return new ServerEnd(Optional.empty(), withoutNote(supervisor, started), List.of());
        } catch (IOException | RuntimeException damaged) {
            return new ServerEnd(
                    Optional.empty(), "has ended; the note of how, in " + note + ", can't be read", List.of());
        }
    }

    private static List<String> log(Path note) throws IOException {
        return text(note).lines().skip(2).toList();
    }

    private static String text(Path note) throws IOException {
        return new String(WholeFile.bytes(note), StandardCharsets.UTF_8);
    }

    private static String withoutNote(ProcessStamp supervisor, Instant started) {
        if (bootedSince(started)) {
            return "ended as the machine was restarted";
        }
        if (supervisor.isOutOfSight()) {
            return "ended with the container that it ran in";
        }
        return supervisor.isAlive()
                ? "has ended; its supervising process " + supervisor.pid() + " doesn't tell how"
                : "ended with its supervising process, which was killed; its log went with its memory";
    }

    private static boolean bootedSince(Instant started) {
        try {
            return Files.readAllLines(Path.of("/proc/stat"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(BOOT))
                    .map(line -> Instant.ofEpochSecond(
                            Long.parseLong(line.substring(BOOT.length()).strip())))
                    .anyMatch(started::isBefore);
        } catch (IOException | NumberFormatException notLinux) {
            return false;
        }
    }
}
