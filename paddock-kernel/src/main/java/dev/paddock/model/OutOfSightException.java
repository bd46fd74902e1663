package dev.paddock.model;

import java.nio.file.Path;

/** A standing server belongs to another container that shares this home: whether it runs can't be seen, and it can't be reached. */
public final class OutOfSightException extends PaddockException {
    private static final long serialVersionUID = 1;

    /** @param sign the file that says so, and may be removed once that container is gone */
    public OutOfSightException(Path sign) {
        super(
                "it was started in another container, and may run there",
                "use it and stop it there; if that container is gone, remove the file " + sign);
    }
}
