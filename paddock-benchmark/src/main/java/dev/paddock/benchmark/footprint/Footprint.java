package dev.paddock.benchmark.footprint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What servers take while they run.
 *
 * @param memory PSS in bytes of all processes of each server
 * @param storage private bytes of each server's files
 * @param shared PSS in bytes of the processes that serve all of them together
 */
public record Footprint(List<Long> memory, List<Long> storage, long shared) {

    /** @param helpers processes, beside the servers' own, that are there because these servers are */
    public static Footprint of(List<Integer> ports, List<ProcessHandle> helpers) {
        ProcessTree tree = ProcessTree.now();
        Set<ProcessHandle> rest = new HashSet<>(helpers);
        List<Long> memory = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (ProcessHandle postmaster : Postmaster.listeningOn(ports)) {
            List<ProcessHandle> processes = tree.from(postmaster);
            processes.forEach(rest::remove);
            memory.add(ProportionalMemory.of(processes));
            folders.add(PrivateStorage.of(postmaster));
        }
        return new Footprint(memory, PrivateStorage.sizes(folders), ProportionalMemory.of(rest));
    }

    /** Of all of them together, in bytes. */
    public long total() {
        return shared
                + memory.stream().mapToLong(Long::longValue).sum()
                + storage.stream().mapToLong(Long::longValue).sum();
    }
}
