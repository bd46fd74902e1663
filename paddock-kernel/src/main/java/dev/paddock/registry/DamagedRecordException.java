package dev.paddock.registry;

import dev.paddock.model.PaddockException;
import java.nio.file.Path;

/** What is known of a server can't be read. Its record stays, for it tells at least the name. */
public final class DamagedRecordException extends PaddockException {
    private static final long serialVersionUID = 1;

    private final String name;

    DamagedRecordException(String name, Path file, String reason) {
        super(
                "the record of the server '" + name + "' is damaged: " + reason,
                "end its processes or its container by hand if it still runs, and remove the file " + file);
        this.name = name;
    }

    /** What the user calls the server. */
    public String name() {
        return name;
    }
}
