package dev.paddock.script;

import dev.paddock.wire.WireConnection;

/** The server that scripts run on. */
public interface ScriptTarget {

    /** Opens a session of a superuser; whoever asks closes it. */
    WireConnection connect(String database);

    /** Where each script begins, until it connects elsewhere. */
    String database();
}
