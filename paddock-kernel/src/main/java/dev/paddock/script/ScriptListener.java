package dev.paddock.script;

import dev.paddock.wire.ServerMessage;

/** Told of what happens while scripts run. Called on the thread that runs them. */
public interface ScriptListener {
    ScriptListener NONE = new ScriptListener() {};

    /** A role that a script names and the server lacked was created, unable to log in. */
    default void roleCreated(String role) {}

    /** A statement was left out, for a reason such as {@code role postgres exists already}. */
    default void leftOut(String statement, String reason) {}

    /** A script says something by {@code \echo}. */
    default void echoed(String text) {}

    /** The server says something. */
    default void noticed(ServerMessage notice) {}
}
