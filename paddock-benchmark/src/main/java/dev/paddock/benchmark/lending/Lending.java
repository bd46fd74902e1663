package dev.paddock.benchmark.lending;

import dev.paddock.benchmark.subject.Named;
import dev.paddock.model.ConnectionInfo;

/** A subject: one way to give tests databases of their own. */
public interface Lending extends Named {

    /**
     * Builds the template if it has to be, and prepares as much as it always would.
     *
     * @return closed by the caller
     */
    Lender open(Content content);

    /**
     * CREATE DATABASE in a server of somebody else's.
     *
     * @param end what closing the lender does besides
     */
    static Lender createDatabases(ConnectionInfo server, Content content, Runnable end) {
        return CreateDatabase.in(server, content, end);
    }
}
