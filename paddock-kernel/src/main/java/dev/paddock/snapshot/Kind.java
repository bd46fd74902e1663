package dev.paddock.snapshot;

import java.util.Locale;

/** How a snapshot came to be. */
public enum Kind {
    /** Just initdb. */
    EMPTY,
    /** A parent with scripts or migrations applied. */
    TEMPLATE,
    /** Another server's data. */
    CAPTURED,
    /** A server of Paddock's, kept as it was. */
    FROZEN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
