package dev.paddock.engine;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.util.List;

/** What an engine found out about the machine. */
public record Diagnosis(String engine, List<Finding> findings) {

    /** What all else is for: that the engine starts a server here. */
    public static final String SERVER = "server";

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** Whether it could run a server; without a word on that it couldn't. */
    public boolean canRun() {
        return findings.stream().anyMatch(each -> each.capability().equals(SERVER) && each.available());
    }

    /**
     * One capability.
     *
     * @param capability stable name, such as {@code storage.overlay}
     * @param available whether it can be used here
     * @param detail what was found, or why it can't be used and what would help
     */
    public record Finding(String capability, boolean available, String detail) {
        /** What can't be used, with the reason and what would help, in the words of the command line. */
        public static Finding missing(String capability, PaddockException failure) {
            String advice = failure.hint(Vocabulary.COMMAND_LINE)
                    .map(hint -> "; " + hint)
                    .orElse("");
            return new Finding(capability, false, failure.getMessage() + advice);
        }
    }
}
