package dev.paddock.benchmark.subject;

import java.util.List;

/** One way to get a PostgreSQL. Thread-safe. Closing it leaves nothing of it; servers that still run included. */
public interface Subject extends Named, AutoCloseable {

    /** Does what is not to be measured, such as laying out the data of a bare server, for one start. */
    Start prepare();

    /** Processes that are there for all servers together. */
    default List<ProcessHandle> helpers() {
        return List.of();
    }

    @Override
    void close();

    /** One start, to be run once. */
    @FunctionalInterface
    interface Start {
        /** @return a server that was told to start; closed by the caller */
        RunningServer run();
    }
}
