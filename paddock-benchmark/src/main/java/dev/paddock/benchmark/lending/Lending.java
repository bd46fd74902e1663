package dev.paddock.benchmark.lending;

import dev.paddock.benchmark.subject.Named;

/** A subject: one way to give tests databases of their own. */
public interface Lending extends Named {

    /**
     * Builds the template if it has to be, and prepares as much as it always would.
     *
     * @return closed by the caller
     */
    Lender open(Content content);
}
