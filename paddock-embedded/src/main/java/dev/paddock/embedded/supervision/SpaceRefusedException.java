package dev.paddock.embedded.supervision;

import dev.paddock.model.PaddockException;

/** The machine refuses a kind of space; another kind may do. The message is the machine's own. */
public final class SpaceRefusedException extends PaddockException {
    private static final long serialVersionUID = 1;

    SpaceRefusedException(String reason) {
        super(reason.isBlank() ? "no reason given" : reason.strip());
    }
}
