package dev.paddock.snapshot;

import java.io.IOException;

/** A data directory has a symbolic link in it. What that leads to can't be in a snapshot, and isn't PostgreSQL's to say. */
public final class LinkInDataException extends IOException {
    private static final long serialVersionUID = 1;

    private static final String NO_SPACE = "look at the free space there; PADDOCK_HOME names another place";
    private static final String TABLESPACE = "move what is in a tablespace elsewhere to pg_default, with ALTER TABLE …"
            + " SET TABLESPACE, and drop that tablespace";

    /** @param name of the link, below the data directory */
    public LinkInDataException(String name) {
        super(name + " is a symbolic link, and a snapshot holds nothing outside of the data directory");
    }

    /** What whoever has the server can do about a snapshot that can't be written. */
    public static String advice(IOException failure) {
        return failure instanceof LinkInDataException ? TABLESPACE : NO_SPACE;
    }
}
