package dev.paddock.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user has given to a command.
 *
 * @param options the values of each option that was given, by the name that it is known by; none for a flag
 * @param rest what follows {@code --}, untouched
 */
record Arguments(Map<String, List<String>> options, List<String> operands, List<String> rest) {

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The value of an option that is given once. */
    Optional<String> value(String option) {
        return has(option) ? Optional.of(values(option).get(0)) : Optional.empty();
    }

    List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** The first operand, if there is one. */
    Optional<String> operand() {
        return operands.isEmpty() ? Optional.empty() : Optional.of(operands.get(0));
    }
}
