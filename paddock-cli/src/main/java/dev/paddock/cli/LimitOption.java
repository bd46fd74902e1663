package dev.paddock.cli;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ResourceLimits.IoRate;
import dev.paddock.model.ResourceLimits.IoRate.Direction;
import dev.paddock.model.ResourceLimits.IoRate.Unit;
import dev.paddock.model.Slips;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Limits of a container as users write them, by the names that they have in a {@code paddock.yaml} too. */
final class LimitOption {
    private static final List<String> OF_CONTAINER =
            List.of("memory", "swap", "swappiness", "cpus", "cpu_shares", "io_weight", "processes");
    private static final List<String> OF_DEVICES =
            List.of("read_rate", "write_rate", "read_operations", "write_operations");

    static final List<String> NAMES =
            Stream.concat(OF_CONTAINER.stream(), OF_DEVICES.stream()).toList();

    private final Map<String, String> given;

    private LimitOption(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Of what is said twice the last counts; each device is said something of its own.
     *
     * @param given names and values, in the order given
     * @throws InvalidSpecException if one of them is unknown, or no number or size
     */
    static ResourceLimits read(List<Map.Entry<String, String>> given) {
        Map<String, String> ofContainer = new HashMap<>();
        Map<String, IoRate> ofDevices = new LinkedHashMap<>();
        for (Map.Entry<String, String> limit : given) {
            String name = limit.getKey();
            requireKnown(name);
            if (OF_DEVICES.contains(name)) {
                IoRate rate = rate(name, limit.getValue());
                ofDevices.put(name + " " + rate.device(), rate);
            } else {
                ofContainer.put(name, limit.getValue());
            }
        }
        LimitOption limits = new LimitOption(ofContainer);
        Optional<Long> swap = limits.of("swap").map(text -> text.equals("0") ? 0 : size(text));
        return new ResourceLimits(
                limits.of("memory").map(ByteSize::parse),
                swap.isPresent() ? OptionalLong.of(swap.get()) : OptionalLong.empty(),
                limits.small("swappiness"),
                limits.of("cpus").map(LimitOption::decimal),
                limits.small("cpu_shares"),
                limits.small("io_weight"),
                List.copyOf(ofDevices.values()),
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

    /** The colon is the last one, since names of devices may have some of their own. */
    private static IoRate rate(String name, String text) {
        Unit unit = name.endsWith("_rate") ? Unit.BYTES : Unit.OPERATIONS;
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new InvalidSpecException(
                    "'" + text + "' is no device with its rate, as " + name + " has it",
                    "write it as --limit " + name + "=/dev/sda:" + (unit == Unit.BYTES ? "10MB" : "1000"));
        }
        return new IoRate(
                text.substring(0, colon),
                name.startsWith("read") ? Direction.READ : Direction.WRITE,
                unit,
                unit.perSecond(text.substring(colon + 1)));
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
