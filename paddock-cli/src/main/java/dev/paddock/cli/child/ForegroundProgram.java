package dev.paddock.cli.child;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A program that has the terminal for as long as it runs. What is typed, Ctrl-C included, is for it to answer: this process only
 * waits, and Ctrl-C doesn't end it afterwards either. SIGTERM and SIGHUP are for both: they are passed on, and the program is killed if it takes too long. If this process
 * is killed, so is the program, where the system can do that (Linux with {@code setpriv}), and so is what it has started: see {@link Bystander}.
 */
public final class ForegroundProgram {
    private static final String LOCALE = "LC_ALL";
    private static final String LOCALE_BEFORE = "PADDOCK_LC_ALL";
    private static final int HANGUP = 129;
    private static final int TERMINATED = 143;
    /** Ends at once if its parent died before it could ask to be told of that. */
    private static final String GUARD = "test $PPID = \"$1\" || exit 143; shift; exec \"$@\"";

    private final List<String> command;
    private final ProgramFinder finder;

    private ForegroundProgram(List<String> command, ProgramFinder finder) {
        this.command = command;
        this.finder = finder;
    }

    /**
     * The program that a shell would run for this command.
     *
     * @throws ProgramNotRunnableException if it would run none
     */
    public static ForegroundProgram of(List<String> command) {
        ProgramFinder finder = finder();
        finder.require(command.get(0));
        return new ForegroundProgram(List.copyOf(command), finder);
    }

    /** Where a shell would find this program, if it would. */
    public static Optional<Path> find(String name) {
        return finder().find(name);
    }

    private static ProgramFinder finder() {
        return new ProgramFinder(System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
    }

    /**
     * Runs it to its end.
     *
     * @param change what is changed of this process's own environment for it
     * @return its exit code, or 128 and the number of the signal that ended it. A program that a signal to this process has ended
     *     is answered by that signal; one that takes the signal and exits by itself, by its own code.
     */
    public int run(Consumer<Map<String, String>> change) {
        try (Signals signals = new Signals()) {
            Telling telling = new Telling();
            // Before the program runs, for it may get a signal at once, and then this process gets it too.
            // For good: when the program ends of Ctrl-C at once, this process may not have come to its own yet.
            Signals.ignore("INT");
            signals.on("TERM", () -> telling.end(TERMINATED));
            signals.on("HUP", () -> telling.end(HANGUP));
            // The kernel ties the program's life to the thread that starts it, so this thread must be the one that
            // waits.
            try (Bystander bystander = Bystander.begin()) {
                Process process = start(change, bystander);
                telling.begin(process);
                int code = waitFor(process);
                return telling.answerTo(code);
            }
        }
    }

    private Process start(Consumer<Map<String, String>> change, Bystander bystander) {
        ProcessBuilder builder = new ProcessBuilder(guarded()).inheritIO();
        restoreLocale(builder.environment());
        bystander.mark(builder.environment());
        change.accept(builder.environment());
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new PaddockException(
                    "the command '" + command.get(0) + "' can't be started: " + failure.getMessage(), failure);
        }
    }

    /** The launcher has this JVM read its arguments as UTF-8; the program is to see what the user has set. */
    private static void restoreLocale(Map<String, String> environment) {
        if (environment.containsKey(LOCALE_BEFORE)) {
            String before = environment.getOrDefault(LOCALE_BEFORE, "");
            environment.remove(LOCALE_BEFORE);
            environment.remove(LOCALE);
            if (!before.isEmpty()) {
                environment.put(LOCALE, before);
            }
        }
    }

    private List<String> guarded() {
        Optional<Path> setpriv = finder.find("setpriv");
        if (setpriv.isEmpty() || !Files.isDirectory(Path.of("/proc/self"))) {
            return command;
        }
        long self = ProcessHandle.current().pid();
        List<String> guarded = new ArrayList<>(List.of(
                setpriv.get().toString(),
                "--pdeathsig",
                "TERM",
                "/bin/sh",
                "-c",
                GUARD,
                "paddock",
                Long.toString(self)));
        guarded.addAll(command);
        return guarded;
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while the command was running", interrupted);
        }
    }
}
