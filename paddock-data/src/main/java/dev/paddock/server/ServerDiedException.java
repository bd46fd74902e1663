package dev.paddock.server;

import dev.paddock.model.PaddockException;
import java.util.List;

/** The server ended while it was being used. */
public final class ServerDiedException extends PaddockException {
    private static final long serialVersionUID = 1;

    ServerDiedException(List<String> log, Throwable cause) {
        super(
                cause.getMessage() + "; the server has ended, its last log lines are:\n  " + String.join("\n  ", log),
                cause);
    }
}
