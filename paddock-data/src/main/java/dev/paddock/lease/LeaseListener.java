package dev.paddock.lease;

import java.util.List;

/** Told, some time after a database was returned, of what its holder left behind. Called on threads of the pool's; thread-safe. */
public interface LeaseListener {

    /** Connections were open still; they have been closed. */
    default void connectionsLeft(String holder, List<Leak> leaks) {}

    /**
     * What belongs to the whole server was changed, so the server was replaced.
     *
     * @param what was found, such as {@code role alice}
     */
    default void serverChanged(String holder, List<String> what) {}
}
