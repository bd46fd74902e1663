package dev.paddock.stack;

import dev.paddock.model.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** Something wrong in a file, with its place in the message already. */
final class PlacedFailure extends InvalidSpecException {
    private static final long serialVersionUID = 1;

    PlacedFailure(String message, @Nullable String hint) {
        super(message, hint);
    }
}
