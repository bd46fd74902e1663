package dev.paddock.benchmark.lending;

/** Lends databases of one content. Thread-safe. Closed by whoever opened it. */
public interface Lender extends AutoCloseable {

    /** @return closed by the caller */
    Borrowed borrow();

    @Override
    void close();
}
