package dev.paddock.engine;

import java.util.List;

/** What an engine found out about the machine. */
public record Diagnosis(String engine, List<Finding> findings) {

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /**
     * One capability.
     *
     * @param capability stable name, such as {@code storage.overlay}
     * @param available whether it can be used here
     * @param detail what was found, or why it can't be used and what would help
     */
    public record Finding(String capability, boolean available, String detail) {}
}
