package dev.paddock.evidence;

import dev.paddock.database.Database;
import dev.paddock.time.Deadline;

/** The two databases of a comparison, and its limits. Owns the connections to both. */
record DatabasePair(ComparedDatabase original, ComparedDatabase changed, DifferenceLimits limits)
        implements AutoCloseable {

    static DatabasePair open(Database original, Database changed, DifferenceLimits limits) {
        Deadline deadline = Deadline.in(limits.time());
        ComparedDatabase first = ComparedDatabase.open(original, deadline);
        try {
            return new DatabasePair(first, ComparedDatabase.open(changed, deadline), limits);
        } catch (RuntimeException failure) {
            first.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        original.close();
        changed.close();
    }
}
