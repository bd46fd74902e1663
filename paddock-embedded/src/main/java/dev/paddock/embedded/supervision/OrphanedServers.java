package dev.paddock.embedded.supervision;

import dev.paddock.home.ProcessStamp;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers of a session in a shared space whose supervisor and guard were both killed. */
final class OrphanedServers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private OrphanedServers() {}

    /** Ends those that are provably the session's: postmasters whose working directory is a data directory in its folder. */
    static void kill(Path session) throws IOException {
        if (!Files.isDirectory(session)) {
            return;
        }
        try (Stream<Path> entries = Files.list(session)) {
            for (Path server : entries.toList()) {
                Path data = server.resolve("data");
                Optional<ProcessHandle> postmaster = postmaster(data);
                if (postmaster.isPresent()) {
                    List<ProcessHandle> backends = postmaster.get().children().toList();
                    postmaster.get().destroyForcibly();
                    backends.forEach(ProcessHandle::destroyForcibly);
                    long pid = postmaster.get().pid();
                    Deadline.in(PATIENCE).await(() -> ProcessStamp.of(pid).isEmpty());
                    removeSharedMemory(data);
                }
            }
        }
    }

    private static Optional<ProcessHandle> postmaster(Path data) {
        try {
            long pid = Long.parseLong(lines(data).get(0).strip());
            Path works = Path.of("/proc/" + pid + "/cwd").toRealPath();
            return works.equals(data.toRealPath()) ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException | RuntimeException noneThatIsOurs) {
            return Optional.empty();
        }
    }

    /** The segment that tells postmasters of each other stays behind a kill; its id is the second word of the 7th line. */
    private static void removeSharedMemory(Path data) throws IOException {
        List<String> lines = lines(data);
        if (lines.size() > 6) {
            String[] keyAndId = lines.get(6).strip().split("\\s+");
            new ProcessBuilder("ipcrm", "-m", keyAndId[keyAndId.length - 1])
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }

    private static List<String> lines(Path data) throws IOException {
        return Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
    }
}
