package dev.paddock.cli;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.Slips;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Limits of a container as users write them, by the names that they have in a {@code paddock.yaml} too. */
final class LimitOption {
    static final List<String> NAMES =
            List.of("memory", "swap", "swappiness", "cpus", "cpu_shares", "io_weight", "processes");

    private final Map<String, String> given;

    private LimitOption(Map<String, String> given) {
        this.given = given;
    }

    /** @throws InvalidSpecException if one of them is unknown, or no number or size */
    static ResourceLimits read(Map<String, String> given) {
        given.keySet().forEach(LimitOption::requireKnown);
        LimitOption limits = new LimitOption(given);
        Optional<Long> swap = limits.of("swap").map(text -> text.equals("0") ? 0 : size(text));
        return new ResourceLimits(
                limits.of("memory").map(ByteSize::parse),
                swap.isPresent() ? OptionalLong.of(swap.get()) : OptionalLong.empty(),
                limits.small("swappiness"),
                limits.of("cpus").map(LimitOption::decimal),
                limits.small("cpu_shares"),
                limits.small("io_weight"),
                List.of(),
                limits.whole("processes"));
    }

    private static void requireKnown(String name) {
        if (!NAMES.contains(name)) {
            throw new InvalidSpecException(
                    "there is no limit '" + name + "'",
                    Slips.nearest(name, NAMES)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("choose " + String.join(", ", NAMES)));
        }
    }

    private Optional<String> of(String name) {
        return Optional.ofNullable(given.get(name));
    }

    private static long size(String text) {
        return ByteSize.parse(text).bytes();
    }

    private OptionalInt small(String name) {
        OptionalLong whole = whole(name);
        return whole.isPresent() ? OptionalInt.of((int) whole.getAsLong()) : OptionalInt.empty();
    }

    private OptionalLong whole(String name) {
        Optional<String> text = of(name);
        if (text.isPresent() && !text.get().matches("\\d{1,9}")) {
            throw new InvalidSpecException(
                    "'" + text.get() + "' is no whole number for the limit " + name,
                    "write it as --limit " + name + "=100");
        }
        return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notOne) {
            throw new InvalidSpecException("'" + text + "' is not a number of processors", "write it as 0.5 or 2");
        }
    }
}
