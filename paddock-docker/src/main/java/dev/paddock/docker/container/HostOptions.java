package dev.paddock.docker.container;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.BlkioRateDevice;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.LogDriver;
import dev.paddock.model.Mount;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ResourceLimits.IoRate;
import dev.paddock.model.ResourceLimits.IoRate.Direction;
import dev.paddock.model.ResourceLimits.IoRate.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a spec says of a container's mounts, memory, limits and log, as the engine is to be told of it. */
public final class HostOptions {
    private static final String SCRATCH = "/tmp";
    private static final String SCRATCH_OPTIONS = "rw,nosuid,mode=1777,size=" + (256L << 20);

    /** What of a file's mode says what it is (S_IFMT), and that it is a block device (S_IFBLK). */
    private static final int FILE_TYPE = 0xf000;

    private static final int BLOCK_DEVICE = 0x6000;

    private HostOptions() {}

    /** @param own what is bound besides */
    public static void apply(HostConfig host, ContainerSpec wanted, List<Bind> own) {
        apply(host, wanted, own, Map.of());
    }

    /**
     * @param own what is bound besides
     * @param ownMemory where memory is mounted besides, with its options
     * @throws InvalidSpecException if something is to be mounted that isn't there
     */
    public static void apply(HostConfig host, ContainerSpec wanted, List<Bind> own, Map<String, String> ownMemory) {
        List<Bind> binds = new ArrayList<>(own);
        Map<String, String> memory = new HashMap<>(ownMemory);
        if (wanted.readOnlyRoot()) {
            memory.put(SCRATCH, SCRATCH_OPTIONS);
        }
        for (Mount mount : wanted.mounts()) {
            if (mount instanceof Mount.Tmpfs tmpfs) {
                memory.put(
                        tmpfs.target(),
                        "rw,nosuid,mode=1777,size=" + tmpfs.size().bytes());
            } else {
                binds.add(bind(mount));
            }
        }
        HostPaths.bind(host, binds);
        host.withTmpFs(memory).withReadonlyRootfs(wanted.readOnlyRoot());
        limit(host, wanted.limits());
        wanted.sharedMemory().ifPresent(size -> host.withShmSize(size.bytes()));
        wanted.log().ifPresent(log -> host.withLogConfig(new LogConfig(type(log), log.options())));
    }

    private static Bind bind(Mount mount) {
        AccessMode mode = mount.readOnly() ? AccessMode.ro : AccessMode.rw;
        Volume target = new Volume(mount.target());
        if (mount instanceof Mount.Bind bind) {
            // The engine would make a folder of root's where there is nothing.
            if (!Files.exists(bind.source())) {
                throw new InvalidSpecException(
                        "there is no " + bind.source() + " to be mounted at " + bind.target(),
                        "make it first, or correct the path");
            }
            SELContext label = switch (bind.label()) {
                case NONE -> SELContext.none;
                case SHARED -> SELContext.shared;
                case PRIVATE -> SELContext.single;
            };
            return new Bind(bind.source().toString(), target, mode, label);
        }
        return new Bind(((Mount.Volume) mount).name(), target, mode);
    }

    private static LogConfig.LoggingType type(LogDriver log) {
        return Stream.of(LogConfig.LoggingType.values())
                .filter(each -> each.getType().equals(log.name()))
                .findAny()
                .orElseThrow(() -> new InvalidSpecException(
                        "'" + log.name() + "' is not a log driver",
                        "choose one of "
                                + Stream.of(LogConfig.LoggingType.values())
                                        .map(LogConfig.LoggingType::getType)
                                        .filter(name -> !name.isEmpty())
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
    }

    private static void limit(HostConfig host, ResourceLimits limits) {
        limits.memory().map(ByteSize::bytes).ifPresent(bytes -> {
            host.withMemory(bytes);
            limits.swap().ifPresent(swap -> host.withMemorySwap(bytes + swap));
        });
        limits.swappiness().ifPresent(value -> host.withMemorySwappiness((long) value));
        limits.cpus().ifPresent(cpus -> host.withNanoCPUs((long) (cpus * 1_000_000_000)));
        limits.cpuShares().ifPresent(host::withCpuShares);
        limits.ioWeight().ifPresent(host::withBlkioWeight);
        limits.processes().ifPresent(host::withPidsLimit);
        host.withBlkioDeviceReadBps(rates(limits, Direction.READ, Unit.BYTES))
                .withBlkioDeviceWriteBps(rates(limits, Direction.WRITE, Unit.BYTES))
                .withBlkioDeviceReadIOps(rates(limits, Direction.READ, Unit.OPERATIONS))
                .withBlkioDeviceWriteIOps(rates(limits, Direction.WRITE, Unit.OPERATIONS));
    }

    private static List<BlkioRateDevice> rates(ResourceLimits limits, Direction direction, Unit unit) {
        return limits.ioRates().stream()
                .filter(rate -> rate.direction() == direction && rate.unit() == unit)
                .peek(HostOptions::requireDevice)
                .map(rate -> new BlkioRateDevice().withPath(rate.device()).withRate(rate.perSecond()))
                .toList();
    }

    private static void requireDevice(IoRate rate) {
        if (!isBlockDevice(Path.of(rate.device()))) {
            throw new InvalidSpecException(
                    "there is no block device " + rate.device() + " whose rate could be limited",
                    "see which there are with: lsblk --paths");
        }
    }

    private static boolean isBlockDevice(Path path) {
        try {
            return ((Integer) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == BLOCK_DEVICE;
        } catch (IOException none) {
            return false;
        }
    }

    /** Names as Docker writes them, with or without {@code CAP_}. */
    public static Set<Capability> capabilities(Set<String> names) {
        Set<Capability> kept = EnumSet.noneOf(Capability.class);
        for (String name : names) {
            try {
                kept.add(Capability.valueOf(name.replaceFirst("^CAP_", "")));
            } catch (IllegalArgumentException unknown) {
                throw new InvalidSpecException(
                        "'" + name + "' is not a capability", "write it as Docker does, such as NET_RAW");
            }
        }
        return kept;
    }
}
