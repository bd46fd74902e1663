package dev.paddock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command takes. Plain data, for a command that lives for a tenth of a second can't wait for a library to make up its
 * mind. The label of a value also tells completion what to offer for it.
 *
 * @param name with its group's before it, if it is in one
 * @param synopsis how it is written, without the leading {@code paddock}
 * @param operands what it takes without a name, if anything
 */
record Grammar(String name, String synopsis, String summary, List<Option> options, Optional<Operands> operands) {
    static final String SERVER = "NAME[/NODE]";
    static final String SNAPSHOT = "SNAPSHOT";
    static final String PATH = "PATH";
    static final String DIR = "DIR";
    static final String FILE = "FILE";
    static final String DEBUG = "--debug";
    static final String HELP = "--help";
    static final String HELP_LETTER = "-h";
    static final String JSON = "--json";

    /** Words that a command takes without a name before them: at least and at most so many. */
    record Operands(int least, int most, String label, String description) {}

    static Builder of(String name, String synopsis, String summary) {
        return new Builder(name, synopsis, summary);
    }

    Optional<Option> find(String optionName) {
        for (Option option : options) {
            if (option.names().contains(optionName)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** Puts a grammar together. Not thread-safe. */
    static final class Builder {
        private final String name;
        private final String synopsis;
        private final String summary;
        private final List<Option> options = new ArrayList<>();
        private Optional<Operands> operands = Optional.empty();

        private Builder(String name, String synopsis, String summary) {
            this.name = name;
            this.synopsis = synopsis;
            this.summary = summary;
        }

        Builder flag(String option, String description) {
            return add(List.of(option), "", Option.Repetition.ONCE, description);
        }

        Builder flag(String letter, String option, String description) {
            return add(List.of(letter, option), "", Option.Repetition.ONCE, description);
        }

        Builder value(String option, String label, String description) {
            return add(List.of(option), label, Option.Repetition.ONCE, description);
        }

        Builder values(String option, Option.Repetition repetition, String label, String description) {
            return add(List.of(option), label, repetition, description);
        }

        Builder operands(int least, int most, String label, String description) {
            operands = Optional.of(new Operands(least, most, label, description));
            return this;
        }

        private Builder add(List<String> names, String label, Option.Repetition repetition, String description) {
            options.add(new Option(names, label, repetition, description));
            return this;
        }

        /** Completed by what every command takes. */
        Grammar build() {
            flag(DEBUG, "Show where a failure comes from.");
            flag(HELP_LETTER, HELP, "Show this help.");
            return new Grammar(name, synopsis, summary, List.copyOf(options), operands);
        }
    }
}
