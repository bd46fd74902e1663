package dev.paddock.stack;

import dev.paddock.model.ByteSize;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ResourceLimits;
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
    private OptionalLong processes = OptionalLong.empty();

    private LimitKeys() {}

    static ResourceLimits read(Value value) {
        LimitKeys draft = ALL.read(value, new LimitKeys());
        return value.making(() -> new ResourceLimits(
                draft.memory,
                draft.swap,
                draft.swappiness,
                draft.cpus,
                draft.shares,
                draft.ioWeight,
                List.of(),
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
