package dev.paddock.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a server or a service ended that nobody stopped.
 *
 * @param when absent if nobody was left to note it
 * @param reason what is known of the cause, as the rest of a sentence that begins with its name: {@code was killed by signal 9}
 * @param lastLogLines as far as they were kept
 */
public record ServerEnd(Optional<Instant> when, String reason, List<String> lastLogLines) {
    private static final int SIGNALLED = 128;
    private static final int KILL = 9;
    private static final int LAST_SIGNAL = 64;

    public ServerEnd {
        lastLogLines = List.copyOf(lastLogLines);
    }

    /** What an exit code says, in the shell's way of counting signals. */
    public static String reason(int exitCode) {
        if (exitCode == 0) {
            return "was shut down in order, though not by Paddock (exit code 0)";
        }
        if (exitCode == SIGNALLED + KILL) {
            return "was killed by signal 9, by somebody or by the kernel for want of memory (exit code 137)";
        }
        if (exitCode > SIGNALLED && exitCode <= SIGNALLED + LAST_SIGNAL) {
            return "was ended by signal " + (exitCode - SIGNALLED) + " (exit code " + exitCode + ")";
        }
        return "ended with exit code " + exitCode;
    }
}
