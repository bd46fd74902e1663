package dev.paddock.script;

import dev.paddock.wire.WireConnection;

/** The server that scripts run on. */
public interface ScriptTarget {

    /** Opens a session of {@link #user}, a superuser; whoever asks closes it. */
    default WireConnection connect(String database) {
        return connect(user(), database);
    }

    /**
     * Opens a session of any user; whoever asks closes it.
     *
     * @throws dev.paddock.model.PaddockException if there is no such user or database, or nobody but {@link #user} can connect here
     */
    WireConnection connect(String user, String database);

    /** Who scripts begin as. */
    String user();

    /** Where each script begins, until it connects elsewhere. */
    String database();
}
