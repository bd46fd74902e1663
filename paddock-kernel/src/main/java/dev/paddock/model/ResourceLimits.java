package dev.paddock.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a container may use. What the kernel can't enforce is refused when the container is started, never ignored.
 *
 * @param memory of all its processes, data in memory included
 * @param swap how much more of it may be swapped out; 0 for none
 * @param swappiness 0 to 100: how readily the kernel swaps
 * @param cpus how many processors' time it gets at most, such as 1.5
 * @param cpuShares its weight against others where time is short; 1024 is everybody's
 * @param ioWeight 10 to 1000: its weight against others on block devices
 * @param ioRates limits of single devices
 * @param processes how many it may have; {@link #USUAL_PROCESSES} if that isn't said
 */
public record ResourceLimits(
        Optional<ByteSize> memory,
        OptionalLong swap,
        OptionalInt swappiness,
        Optional<Double> cpus,
        OptionalInt cpuShares,
        OptionalInt ioWeight,
        List<IoRate> ioRates,
        OptionalLong processes) {

    /** Enough for some thousand connections, and far from all that a machine has. */
    public static final long USUAL_PROCESSES = 4096;

    public static final ResourceLimits NONE = new ResourceLimits(
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            OptionalLong.empty());

    public ResourceLimits {
        ioRates = List.copyOf(ioRates);
        requireRange("swappiness", swappiness, 0, 100);
        requireRange("an I/O weight", ioWeight, 10, 1000);
        requireRange("a weight of CPU shares", cpuShares, 2, 262_144);
        if (cpus.isPresent() && !(cpus.get() > 0)) {
            throw new InvalidSpecException(cpus.get() + " processors are not enough", "write it as 0.5 or 2");
        }
        if (swap.isPresent() && memory.isEmpty()) {
            throw new InvalidSpecException(
                    "swap is limited but memory isn't", "limit memory too: swap is what may come on top of it");
        }
    }

    /**
     * A limit of one block device.
     *
     * @param device such as {@code /dev/sda}
     * @param perSecond bytes or operations
     */
    public record IoRate(String device, Direction direction, Unit unit, long perSecond) {
        public enum Direction {
            READ,
            WRITE
        }

        public enum Unit {
            BYTES,
            OPERATIONS;

            private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

            /** Reads how many of it are meant: a size such as {@code 10MB}, or a number of operations. */
            public long perSecond(String text) {
                if (this == BYTES) {
                    return ByteSize.parse(text).bytes();
                }
                if (!COUNT.matcher(text).matches()) {
                    throw new InvalidSpecException(
                            "'" + text + "' is no number of operations", "write it as 1000, for that many per second");
                }
                return Long.parseLong(text);
            }
        }

        public IoRate {
            if (!device.startsWith("/dev/")) {
                throw new InvalidSpecException(
                        "'" + device + "' is no block device",
                        "write it as /dev/sda; see which there are with: lsblk --paths");
            }
            if (perSecond < 1) {
                throw new InvalidSpecException(
                        device + " can't be limited to " + perSecond + " per second", "choose a rate of 1 or more");
            }
        }
    }

    private static void requireRange(String what, OptionalInt value, int least, int most) {
        if (value.isPresent() && (value.getAsInt() < least || value.getAsInt() > most)) {
            throw new InvalidSpecException(
                    value.getAsInt() + " is not " + what, "choose one from " + least + " to " + most);
        }
    }
}
