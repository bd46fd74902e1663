package dev.paddock.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Mount;
import dev.paddock.model.ResourceLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a spec says of a container's mounts, limits and log, as the engine is to be told of it. */
final class HostOptions {
    private HostOptions() {}

    /** @param own what is bound besides */
    static void apply(HostConfig host, ContainerSpec wanted, List<Bind> own) {
        List<Bind> binds = new ArrayList<>(own);
        Map<String, String> memory = new HashMap<>();
        for (Mount mount : wanted.mounts()) {
            if (mount instanceof Mount.Tmpfs tmpfs) {
                memory.put(
                        tmpfs.target(),
                        "rw,nosuid,mode=1777,size=" + tmpfs.size().bytes());
            } else {
                binds.add(bind(mount));
            }
        }
        host.withBinds(binds).withTmpFs(memory).withReadonlyRootfs(wanted.readOnlyRoot());
        limit(host, wanted.limits());
        wanted.log()
                .ifPresent(log ->
                        host.withLogConfig(new LogConfig(LogConfig.LoggingType.fromValue(log.name()), log.options())));
    }

    private static Bind bind(Mount mount) {
        AccessMode mode = mount.readOnly() ? AccessMode.ro : AccessMode.rw;
        Volume target = new Volume(mount.target());
        if (mount instanceof Mount.Bind bind) {
            SELContext label = switch (bind.label()) {
                case NONE -> SELContext.none;
                case SHARED -> SELContext.shared;
                case PRIVATE -> SELContext.single;
            };
            return new Bind(bind.source().toString(), target, mode, label);
        }
        return new Bind(((Mount.Volume) mount).name(), target, mode);
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
    }
}
