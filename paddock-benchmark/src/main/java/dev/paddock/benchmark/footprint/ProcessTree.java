package dev.paddock.benchmark.footprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who started whom, as of one moment: asking each process by itself takes as many looks at all of them. */
final class ProcessTree {
    private final Map<ProcessHandle, List<ProcessHandle>> children;

    private ProcessTree(Map<ProcessHandle, List<ProcessHandle>> children) {
        this.children = children;
    }

    static ProcessTree now() {
        Map<ProcessHandle, List<ProcessHandle>> children = new HashMap<>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.parent()
                        .ifPresent(parent -> children.computeIfAbsent(parent, absent -> new ArrayList<>())
                                .add(process)));
        return new ProcessTree(children);
    }

    /** A process and all below it. */
    List<ProcessHandle> from(ProcessHandle root) {
        List<ProcessHandle> found = new ArrayList<>(List.of(root));
        for (int next = 0; next < found.size(); next++) {
            found.addAll(children.getOrDefault(found.get(next), List.of()));
        }
        return found;
    }
}
