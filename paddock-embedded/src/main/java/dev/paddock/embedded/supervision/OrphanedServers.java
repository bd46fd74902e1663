package dev.paddock.embedded.supervision;

import dev.paddock.home.ProcessStamp;
import dev.paddock.home.ServerAccounts;
import dev.paddock.home.UntrustedFile;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Servers of a session in a shared space whose supervisor and guard were both killed. */
final class OrphanedServers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String RECORD = ".pid";

    private OrphanedServers() {}

    /**
     * Ends those that are provably the session's: the supervisor noted their numbers in a folder that only it writes to, and each is a
     * postmaster that works in the data directory beside its note. What stands in a data directory proves nothing.
     */
    static void kill(Path session) throws IOException {
        if (!Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> records = Files.newDirectoryStream(session, "*" + RECORD)) {
            for (Path record : records) {
                try {
                    kill(session, record);
                } catch (IOException | NumberFormatException damaged) {
                    // It tells nothing; the others do.
                }
            }
        }
    }

    private static void kill(Path session, Path record) throws IOException {
        String[] words = UntrustedFile.read(record, 100).strip().split(" ");
        if (words.length < 2) {
            return;
        }
        OptionalInt account = words.length > 2 ? OptionalInt.of(Integer.parseInt(words[2])) : OptionalInt.empty();
        String server = record.getFileName().toString();
        Path data = session.resolve(server.substring(0, server.length() - RECORD.length()) + "/data");
        Optional<ProcessHandle> postmaster = postmaster(words[1], data);
        if (postmaster.isPresent()) {
            List<ProcessHandle> backends = postmaster.get().children().toList();
            postmaster.get().destroyForcibly();
            backends.forEach(ProcessHandle::destroyForcibly);
            long pid = postmaster.get().pid();
            Deadline.in(PATIENCE).await(() -> ProcessStamp.of(pid).isEmpty());
            account.ifPresent(OrphanedServers::endPrograms);
            removeSharedMemory(pid, account);
        } else if (account.isPresent() && isDeserted(account.getAsInt())) {
            endPrograms(account.getAsInt());
        }
    }

    /** Those that a server of root's has left behind: its account number is nobody else's. */
    private static void endPrograms(int account) {
        if (ServerAccounts.isOfServer(account)) {
            Deadline.in(PATIENCE).await(() -> {
                List<Long> programs = Processes.of(account).toList();
                programs.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
                return programs.isEmpty();
            });
        }
    }

    /** No server can have come to the account since. */
    private static boolean isDeserted(int account) {
        OptionalLong maker = ServerAccounts.maker(account);
        return maker.isPresent() && ProcessStamp.of(maker.getAsLong()).isEmpty();
    }

    private static Optional<ProcessHandle> postmaster(String pid, Path data) {
        try {
            Path works = Path.of("/proc", pid, "cwd").toRealPath();
            Path runs = Files.readSymbolicLink(Path.of("/proc", pid, "exe"));
            return works.equals(data.toRealPath())
                            && runs.getFileName().toString().startsWith("postgres")
                    ? ProcessHandle.of(Long.parseLong(pid))
                    : Optional.empty();
        } catch (IOException | RuntimeException noneThatIsOurs) {
            return Optional.empty();
        }
    }

    /**
     * The segment that tells postmasters of each other stays behind a kill. The kernel knows who made it.
     *
     * @param account that the postmaster ran as, where that isn't this process's own
     */
    private static void removeSharedMemory(long postmaster, OptionalInt account) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/sysvipc/shm"), StandardCharsets.ISO_8859_1)) {
            String[] fields = line.strip().split("\\s+");
            boolean made = fields.length > 7
                    && fields[4].equals(Long.toString(postmaster))
                    && (account.isEmpty() || fields[7].equals(Integer.toString(account.getAsInt())));
            if (made) {
                new ProcessBuilder("ipcrm", "-m", fields[1])
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            }
        }
    }
}
