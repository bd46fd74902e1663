package dev.paddock.content;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** What to say of content that can't be read. */
final class Unreadable {
    private Unreadable() {}

    static PaddockException because(String what, Exception failure) {
        Throwable reason = failure.getCause() instanceof IOException within ? within : failure;
        return reason instanceof AccessDeniedException
                ? new PaddockException(what + " can't be read: permission denied", "make it readable", failure)
                : new PaddockException(what + " can't be read: " + reason.getMessage(), failure);
    }
}
