package dev.paddock.benchmark.lending;

import javax.sql.DataSource;

/** A database that one test has to itself until it closes it. */
public interface Borrowed extends AutoCloseable {

    DataSource dataSource();

    @Override
    void close();
}
