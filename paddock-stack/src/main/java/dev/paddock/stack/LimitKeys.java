package dev.paddock.stack;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ResourceLimits.IoRate;
import dev.paddock.model.ResourceLimits.IoRate.Direction;
import dev.paddock.model.ResourceLimits.IoRate.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What can be said of a container's limits. */
final class LimitKeys {
    static final Keys<LimitKeys> ALL = new Keys<>(
            "limits",
            List.of(
                    new Key<LimitKeys>(
                            "memory",
                            "Memory of all its processes, data in memory included.",
                            Shape.SIZE,
                            (draft, value) -> draft.memory = Optional.of(value.read(ByteSize::parse))),
                    new Key<LimitKeys>(
                            "swap",
                            "How much more may be swapped out; 0 for none.",
                            Shape.SIZE,
                            (draft, value) -> draft.swap = OptionalLong.of(value.read(text ->
                                    text.equals("0") ? 0L : ByteSize.parse(text).bytes()))),
                    new Key<LimitKeys>(
                            "swappiness",
                            "0 to 100: how readily it is swapped out.",
                            Shape.NUMBER,
                            (draft, value) -> draft.swappiness = OptionalInt.of(value.smallNumber())),
                    new Key<LimitKeys>(
                            "cpus",
                            "How many processors' time it gets at most, such as 1.5.",
                            Shape.DECIMAL,
                            (draft, value) -> draft.cpus = Optional.of(value.read(LimitKeys::decimal))),
                    new Key<LimitKeys>(
                            "cpu_shares",
                            "Its weight against others where time is short; 1024 is everybody's.",
                            Shape.NUMBER,
                            (draft, value) -> draft.shares = OptionalInt.of(value.smallNumber())),
                    new Key<LimitKeys>(
                            "io_weight",
                            "10 to 1000: its weight against others on block devices.",
                            Shape.NUMBER,
                            (draft, value) -> draft.ioWeight = OptionalInt.of(value.smallNumber())),
                    rates("read_rate", "Bytes that it may read per second", "10MB", Direction.READ, Unit.BYTES),
                    rates("write_rate", "Bytes that it may write per second", "10MB", Direction.WRITE, Unit.BYTES),
                    rates(
                            "read_operations",
                            "How often it may read per second",
                            "1000",
                            Direction.READ,
                            Unit.OPERATIONS),
                    rates(
                            "write_operations",
                            "How often it may write per second",
                            "1000",
                            Direction.WRITE,
                            Unit.OPERATIONS),
                    new Key<LimitKeys>(
                            "processes",
                            "How many processes it may have.",
                            Shape.NUMBER,
                            (draft, value) -> draft.processes = OptionalLong.of(value.number()))));

    private Optional<ByteSize> memory = Optional.empty();
    private OptionalLong swap = OptionalLong.empty();
    private OptionalInt swappiness = OptionalInt.empty();
    private Optional<Double> cpus = Optional.empty();
    private OptionalInt shares = OptionalInt.empty();
    private OptionalInt ioWeight = OptionalInt.empty();
    private final List<IoRate> rates = new ArrayList<>();
    private OptionalLong processes = OptionalLong.empty();

    private LimitKeys() {}

    private static Key<LimitKeys> rates(String name, String about, String example, Direction direction, Unit unit) {
        return new Key<>(
                name,
                about + ", by block device: {/dev/sda: " + example + "}.",
                Shape.namedBy("/dev/.+", unit == Unit.BYTES ? Shape.SIZE : Shape.NUMBER),
                (draft, value) -> {
                    if (!value.hasKeys()) {
                        throw value.wrong(
                                name + " is of block devices, and none is named",
                                "write it as {/dev/sda: " + example + "}");
                    }
                    value.entries()
                            .forEach((device, rate) -> draft.rates.add(device.read(
                                    path -> new IoRate(path, direction, unit, rate.read(unit::perSecond)))));
                });
    }

    static ResourceLimits read(Value value) {
        LimitKeys draft = ALL.read(value, new LimitKeys());
        return value.making(() -> new ResourceLimits(
                draft.memory,
                draft.swap,
                draft.swappiness,
                draft.cpus,
                draft.shares,
                draft.ioWeight,
                draft.rates,
                draft.processes));
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notOne) {
            throw new InvalidSpecException("'" + text + "' is not a number of processors", "write it as 0.5 or 2");
        }
    }
}
