package dev.paddock.wire;

/** What the server waits for after it was sent statements. */
public enum Reply {
    /** All were carried out; it is ready for more. */
    DONE,
    /** One of them was COPY FROM STDIN: it waits for the data. */
    COPY_IN
}
