package dev.paddock.docker.container;

import dev.paddock.model.ByteSize;
import dev.paddock.model.PaddockException;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ResourceLimits.IoRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the kernel made of a container's limits, read back from its control group. An engine takes what its kernel can't do with a warning, and
 * leaves it out.
 *
 * @param files what the files of the group hold, by their names
 */
public record ControlGroup(Map<String, String> files) {
    private static final long PAGE = 4096;
    private static final int MINOR_BITS = 8;

    /** Of a running container. */
    public static ControlGroup of(Containers containers, String container) {
        Map<String, String> files = new TreeMap<>();
        containers
                .runInside(container, Script.LIMITS.command(), "to look at the limits of a container")
                .lines()
                .map(line -> line.split("=", 2))
                .filter(fact -> fact.length == 2)
                .forEach(fact -> files.merge(fact[0], fact[1], (one, other) -> one + "\n" + other));
        return new ControlGroup(files);
    }

    /** @throws PaddockException naming each limit that is not in force */
    public void require(ResourceLimits limits) {
        List<String> missing = new ArrayList<>();
        limits.memory().ifPresent(memory -> {
            require(missing, "memory", page(memory), "memory.limit_in_bytes", page(memory), "memory.max");
            limits.swap()
                    .ifPresent(swap -> require(
                            missing,
                            "swap",
                            page(new ByteSize(memory.bytes() + swap)),
                            "memory.memsw.limit_in_bytes",
                            Long.toString(swap / PAGE * PAGE),
                            "memory.swap.max"));
        });
        limits.swappiness()
                .ifPresent(value -> require(missing, "swappiness", Integer.toString(value), "memory.swappiness"));
        limits.processes()
                .ifPresent(most -> require(missing, "the number of processes", Long.toString(most), "pids.max"));
        limits.cpus().ifPresent(cpus -> requireCpus(missing, cpus));
        limits.cpuShares()
                .ifPresent(shares -> require(
                        missing,
                        "CPU shares",
                        Integer.toString(shares),
                        "cpu.shares",
                        Long.toString(1 + (shares - 2) * 9999L / 262_142),
                        "cpu.weight",
                        Long.toString(newerWeight(shares)),
                        "cpu.weight"));
        limits.ioWeight().ifPresent(weight -> requireIoWeight(missing, weight));
        limits.ioRates().forEach(rate -> requireRate(missing, rate));
        if (!missing.isEmpty()) {
            throw new PaddockException(
                    "the kernel that the engine runs on doesn't apply " + String.join("; ", missing),
                    "leave that out, or run the engine on a kernel that has it: the engine itself says so as a warning"
                            + " of docker info");
        }
    }

    /** As runtimes convert shares since they have 1024 shares be the default weight of 100. */
    static long newerWeight(int shares) {
        double bits = Math.log(shares) / Math.log(2);
        return (long) Math.ceil(Math.pow(10, (bits * bits + 125 * bits) / 612 - 7.0 / 34));
    }

    private static String page(ByteSize size) {
        return Long.toString(size.bytes() / PAGE * PAGE);
    }

    /** @param expected a value and the file it is to be in, for each version of control groups */
    private void require(List<String> missing, String what, String... expected) {
        String found = "no such file";
        for (int i = 0; i < expected.length; i += 2) {
            String value = files.get(expected[i + 1]);
            if (expected[i].equals(value)) {
                return;
            }
            found = value == null ? found : value;
        }
        missing.add("the limit of " + what + " (" + expected[0] + " is wanted; its control group has " + found + ")");
    }

    private void requireCpus(List<String> missing, double cpus) {
        String[] both = files.getOrDefault("cpu.max", "").split(" ");
        String quota = files.getOrDefault("cpu.cfs_quota_us", both[0]);
        String period = files.getOrDefault("cpu.cfs_period_us", both.length > 1 ? both[1] : "");
        Pattern number = Pattern.compile("\\d+");
        boolean limited =
                number.matcher(quota).matches() && number.matcher(period).matches();
        if (!limited || Math.abs(Double.parseDouble(quota) / Double.parseDouble(period) - cpus) > 0.01) {
            missing.add("the limit of processors (" + cpus + " are wanted; its control group has "
                    + (limited ? quota + " of " + period + " µs" : "no quota") + ")");
        }
    }

    /** Of the kernel's two schedulers that know weights, one has them in a range of its own. */
    private void requireIoWeight(List<String> missing, int weight) {
        require(
                missing,
                "block-I/O weight",
                Integer.toString(weight),
                "blkio.weight",
                Integer.toString(weight),
                "blkio.bfq.weight",
                "default " + weight,
                "io.bfq.weight",
                "default " + (1 + (weight - 10) * 9999L / 990),
                "io.weight");
    }

    private void requireRate(List<String> missing, IoRate rate) {
        String device = number(rate.device());
        boolean read = rate.direction() == IoRate.Direction.READ;
        boolean bytes = rate.unit() == IoRate.Unit.BYTES;
        String old = files.getOrDefault(
                "blkio.throttle." + (read ? "read" : "write") + (bytes ? "_bps" : "_iops") + "_device", "");
        String key = (read ? "r" : "w") + (bytes ? "bps" : "iops") + "=" + rate.perSecond();
        boolean applied = old.lines().anyMatch(line -> line.equals(device + " " + rate.perSecond()))
                || files.getOrDefault("io.max", "")
                        .lines()
                        .anyMatch(line -> List.of(line.split(" ")).containsAll(List.of(device, key)));
        if (!applied) {
            missing.add("the rate of " + rate.device() + " (" + rate.perSecond() + " " + (read ? "read" : "write")
                    + (bytes ? " bytes" : " operations") + " per second are wanted)");
        }
    }

    private static String number(String device) {
        try {
            long number = (Long) Files.getAttribute(Path.of(device), "unix:rdev");
            long major = (number >> MINOR_BITS) & 0xfff;
            long minor = (number & 0xff) | ((number >> 12) & 0xfff00);
            return major + ":" + minor;
        } catch (IOException gone) {
            throw new PaddockException("can't look at " + device + ": " + gone.getMessage(), gone);
        }
    }
}
