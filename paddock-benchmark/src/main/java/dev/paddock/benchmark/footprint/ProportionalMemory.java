package dev.paddock.benchmark.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** PSS: private memory, and of what is shared with other processes this one's part. */
final class ProportionalMemory {
    private ProportionalMemory() {}

    /** In bytes; a process that has ended has none. */
    static long of(Collection<ProcessHandle> processes) {
        return processes.stream().mapToLong(process -> of(process.pid())).sum();
    }

    private static long of(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException ended) {
            return 0;
        }
    }
}
