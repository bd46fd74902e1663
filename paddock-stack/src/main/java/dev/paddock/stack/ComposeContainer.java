package dev.paddock.stack;

import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Mount;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.ResourceLimits;
import dev.paddock.model.ResourceLimits.IoRate;
import dev.paddock.model.RestartPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of any container, as Compose has it. */
record ComposeContainer(ContainerSpec spec, ComposePaths paths) {
    /** How Compose calls the size of {@code /dev/shm}. */
    static final String SHARED_MEMORY = "shm_size";

    /** What entrypoints need that begin as root. */
    private static final List<String> ENTRYPOINT =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID");

    void describe(Map<String, Object> service) {
        if (!spec.labels().isEmpty()) {
            service.put("labels", new LinkedHashMap<>(spec.labels()));
        }
        if (!spec.aliases().isEmpty()) {
            service.put("networks", Map.of("default", Map.of("aliases", spec.aliases())));
        }
        spec.user().ifPresent(user -> service.put("user", user));
        service.put("cap_drop", List.of("ALL"));
        List<String> kept = new ArrayList<>(spec.capabilities());
        if (spec.user()
                .filter(user -> !user.equals("0") && !user.startsWith("0:"))
                .isEmpty()) {
            kept.addAll(ENTRYPOINT);
        }
        if (!kept.isEmpty()) {
            service.put("cap_add", kept);
        }
        service.put("security_opt", List.of("no-new-privileges:true"));
        if (spec.readOnlyRoot()) {
            service.put("read_only", true);
        }
        spec.sharedMemory().ifPresent(size -> service.put(SHARED_MEMORY, bytes(size)));
        limit(service, spec.limits());
        if (!spec.restart().equals(RestartPolicy.NEVER)) {
            service.put("restart", spec.restart().toString());
        }
        if (spec.pull() != PullPolicy.MISSING) {
            service.put("pull_policy", spec.pull().name().toLowerCase(Locale.ROOT));
        }
        spec.log()
                .ifPresent(log -> service.put(
                        "logging",
                        log.options().isEmpty()
                                ? Map.of("driver", log.name())
                                : Map.of("driver", log.name(), "options", log.options())));
    }

    /** Mounts in Compose's short form. */
    List<Object> volumes() {
        List<Object> volumes = new ArrayList<>();
        for (Mount mount : spec.mounts()) {
            String end = mount.target() + (mount.readOnly() ? ":ro" : "");
            if (mount instanceof Mount.Bind bind) {
                String label = switch (bind.label()) {
                    case NONE -> "";
                    case SHARED -> mount.readOnly() ? ",z" : ":z";
                    case PRIVATE -> mount.readOnly() ? ",Z" : ":Z";
                };
                volumes.add(paths.seen(bind.source()) + ":" + end + label);
            } else if (mount instanceof Mount.Volume volume) {
                volumes.add(volume.name() + ":" + end);
            }
        }
        return volumes;
    }

    List<Object> memory() {
        List<Object> memory = new ArrayList<>();
        for (Mount mount : spec.mounts()) {
            if (mount instanceof Mount.Tmpfs tmpfs) {
                memory.add(tmpfs.target() + ":mode=1777,size=" + tmpfs.size().bytes());
            }
        }
        return memory;
    }

    /** A size that every version of Compose reads. */
    static String bytes(ByteSize size) {
        return size.bytes() + "b";
    }

    private static void limit(Map<String, Object> service, ResourceLimits limits) {
        limits.memory().ifPresent(memory -> {
            service.put("mem_limit", bytes(memory));
            limits.swap().ifPresent(swap -> service.put("memswap_limit", memory.bytes() + swap + "b"));
        });
        limits.swappiness().ifPresent(swappiness -> service.put("mem_swappiness", swappiness));
        limits.cpus().ifPresent(cpus -> service.put("cpus", cpus));
        limits.cpuShares().ifPresent(shares -> service.put("cpu_shares", shares));
        Map<String, Object> blockDevices = new LinkedHashMap<>();
        limits.ioWeight().ifPresent(weight -> blockDevices.put("weight", weight));
        blockDevices.putAll(rates(limits.ioRates()));
        if (!blockDevices.isEmpty()) {
            service.put("blkio_config", blockDevices);
        }
        service.put("pids_limit", limits.processes().orElse(ResourceLimits.USUAL_PROCESSES));
    }

    private static Map<String, List<Object>> rates(List<IoRate> all) {
        Map<String, List<Object>> rates = new LinkedHashMap<>();
        for (IoRate each : all) {
            String name = "device_" + (each.direction() == IoRate.Direction.READ ? "read" : "write")
                    + (each.unit() == IoRate.Unit.BYTES ? "_bps" : "_iops");
            Map<String, Object> rate = new LinkedHashMap<>();
            rate.put("path", each.device());
            rate.put("rate", each.perSecond());
            rates.computeIfAbsent(name, none -> new ArrayList<>()).add(rate);
        }
        return rates;
    }
}
