package dev.paddock.cli;

import java.util.List;

/**
 * Something that a command can be told by name.
 *
 * @param names as typed, the one that it is known by last
 * @param label what its value is called, and what completion offers for it; empty for a flag, which has no value
 */
record Option(List<String> names, String label, Repetition repetition, String description) {

    /** How many values it can be given. */
    enum Repetition {
        ONCE,
        /** Each time it is named, one. */
        AGAIN,
        /** Each time it is named, all words up to the next option. */
        MANY
    }

    String name() {
        return names.get(names.size() - 1);
    }

    boolean isFlag() {
        return label.isEmpty();
    }

    /** As help shows it. */
    String shown() {
        String value = isFlag() ? "" : " " + label + (repetition == Repetition.MANY ? "…" : "");
        return (names.get(0).startsWith("--") ? "    " : "") + String.join(", ", names) + value;
    }
}
