package dev.paddock.embedded;

import dev.paddock.embedded.supervision.Halt;
import dev.paddock.embedded.supervision.Processes;
import dev.paddock.home.ProcessStamp;
import dev.paddock.home.ServerAccounts;
import dev.paddock.model.PaddockException;
import dev.paddock.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A moment in which no process of a server runs: the postmaster, its backends, and the programs that those have started, also where they
 * have left their parents. Ends when it is closed.
 */
final class StandStill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** All locks of all processes that this one can see, a line each. */
    private static final Path LOCKS = Path.of("/proc/locks");

    private static final int KIND = 1;
    private static final int HOLDER = 4;

    private final Whereabouts server;
    private final OptionalInt account;
    private final Halt halt;
    private final Set<Long> stopped = new LinkedHashSet<>();

    /** @param account that only the server has, so that whatever runs under it is the server's */
    private StandStill(Whereabouts server, OptionalInt account) {
        this.server = server;
        this.account = account;
        this.halt = Halt.begin(account);
    }

    /** @throws PaddockException if they can't be stopped; they go on then */
    static StandStill of(Whereabouts server) {
        if (!server.isAlive()) {
            throw new PaddockException("the server has ended");
        }
        int account = accountOf(server.postmaster());
        StandStill stands = new StandStill(
                server, ServerAccounts.isOfServer(account) ? OptionalInt.of(account) : OptionalInt.empty());
        try {
            if (!Deadline.in(PATIENCE).await(stands::isComplete)) {
                throw new PaddockException("the server's processes don't stop within " + PATIENCE.toSeconds() + " s");
            }
            stands.requireNoLeases();
            return stands;
        } catch (RuntimeException failure) {
            stands.close();
            throw failure;
        }
    }

    private static int accountOf(ProcessStamp process) {
        try {
            return (int) Files.getAttribute(Path.of("/proc", Long.toString(process.pid())), "unix:uid");
        } catch (IOException gone) {
            throw new PaddockException("the server has ended", gone);
        }
    }

    /** Whether there is nothing more to stop. What was known stands before the others are looked for, so it makes no others. */
    private boolean isComplete() {
        List<Long> moving = stopped.stream().filter(pid -> !stands(pid)).toList();
        List<Long> found = processes().filter(stopped::add).toList();
        if (moving.isEmpty() && found.isEmpty() && !stopped.isEmpty()) {
            return true;
        }
        halt.stop(Stream.concat(moving.stream(), found.stream()).toList());
        return false;
    }

    /** Who opens a file waits for whoever has a lease on it, and that one stands still. PostgreSQL takes none. */
    private void requireNoLeases() {
        List<String> locks;
        try {
            locks = Files.readAllLines(LOCKS, StandardCharsets.ISO_8859_1);
        } catch (IOException thisSystemHasNone) {
            return;
        }
        for (String lock : locks) {
            String[] fields = lock.split(" +");
            if (fields.length > HOLDER
                    && fields[KIND].equals("LEASE")
                    && stopped.contains(Long.parseLong(fields[HOLDER]))) {
                throw new PaddockException(
                        "a program in the server (process " + fields[HOLDER]
                                + ") has a lease on a file, which nobody could open while it stands still",
                        "end that program, then try again");
            }
        }
    }

    private Stream<Long> processes() {
        if (account.isPresent()) {
            return Processes.of(account.getAsInt());
        }
        Stream<ProcessHandle> postmaster = ProcessHandle.of(server.postmaster().pid()).stream();
        // A parent first: no process is added to its children then.
        return Stream.concat(postmaster.flatMap(StandStill::tree), orphans()).map(ProcessHandle::pid);
    }

    private static Stream<ProcessHandle> tree(ProcessHandle top) {
        return Stream.concat(Stream.of(top), top.descendants());
    }

    /** In a space of its own the supervisor inherits the children of those who end; its own are shells with its own words. */
    private Stream<ProcessHandle> orphans() {
        return ProcessHandle.of(server.supervisor().pid()).stream()
                .flatMap(supervisor -> supervisor
                        .children()
                        .filter(child -> !child.info()
                                .commandLine()
                                .equals(supervisor.info().commandLine()))
                        .flatMap(StandStill::tree));
    }

    /** Told to stop is not yet stopped: a write may be under way. */
    private static boolean stands(long pid) {
        String line = read(pid, "stat");
        if (line.isEmpty()) {
            // It has ended, or this system doesn't tell.
            return true;
        }
        char state = line.charAt(line.lastIndexOf(')') + 2);
        return "TtZX".indexOf(state) >= 0 || (state == 'D' && waitsForChild(pid));
    }

    /** Who lends its memory to a child until that runs another program (vfork) does nothing meanwhile, and can't be stopped. */
    private static boolean waitsForChild(long pid) {
        String where = read(pid, "wchan");
        return where.contains("fork") || where.contains("clone");
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException endedOrUnknown) {
            return "";
        }
    }

    /** They go on. */
    @Override
    public void close() {
        halt.close();
    }
}
