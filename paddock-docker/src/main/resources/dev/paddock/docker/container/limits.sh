# Tells what limits the kernel has for the container's control group, a line of a file per line.
cd /sys/fs/cgroup || exit 1
for file in memory/memory.limit_in_bytes memory/memory.memsw.limit_in_bytes memory/memory.swappiness \
    cpu/cpu.cfs_quota_us cpu/cpu.cfs_period_us cpu/cpu.shares pids/pids.max \
    blkio/blkio.weight blkio/blkio.bfq.weight \
    blkio/blkio.throttle.read_bps_device blkio/blkio.throttle.write_bps_device \
    blkio/blkio.throttle.read_iops_device blkio/blkio.throttle.write_iops_device \
    memory.max memory.swap.max cpu.max cpu.weight pids.max io.weight io.bfq.weight io.max; do
    [ -r "$file" ] || continue
    while read -r line; do
        printf '%s=%s\n' "${file##*/}" "$line"
    done < "$file"
done
