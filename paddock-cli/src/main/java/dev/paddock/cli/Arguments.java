package dev.paddock.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * What the user has given to a command.
 *
 * @param rest what follows {@code --}, untouched
 */
record Arguments(ParseResult parsed, List<String> rest) {

    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, (String) null));
    }

    List<String> values(String option) {
        return parsed.matchedOptionValue(option, List.of());
    }

    List<String> operands() {
        return parsed.matchedPositionalValue(0, List.of());
    }

    /** The first operand, where a command takes at most one. */
    Optional<String> operand() {
        return operands().stream().findFirst();
    }
}
