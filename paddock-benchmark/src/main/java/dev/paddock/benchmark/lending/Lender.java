package dev.paddock.benchmark.lending;

import java.time.Instant;
import java.util.Optional;

/** Lends databases of one content. Thread-safe. Closed by whoever opened it. */
public interface Lender extends AutoCloseable {

    /** @return closed by the caller */
    Borrowed borrow();

    /**
     * A database for tests that all share one, as plain as it can be had.
     *
     * @return closed by the caller
     */
    default Borrowed shared() {
        return borrow();
    }

    /** When its template was built, if it knows. */
    default Optional<Instant> built() {
        return Optional.empty();
    }

    @Override
    void close();
}
