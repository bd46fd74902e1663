package dev.paddock.docker.connection;

import dev.paddock.model.PaddockException;
import java.time.Duration;

/** An engine was asked and has not answered, so that nothing is known of what it runs. */
public final class SilentEngineException extends PaddockException {
    private static final long serialVersionUID = 1;

    private static final String HINT = "see whether it stands still: docker version";

    private SilentEngineException(String message, String hint) {
        super(message, hint);
    }

    SilentEngineException(EngineAddress address, Duration patience) {
        this(
                "the Docker Engine at " + address.uri() + " (from " + address.source() + ") doesn't answer within "
                        + patience.toSeconds() + " s",
                HINT);
    }

    /** The same for another who asks. */
    public SilentEngineException again() {
        return new SilentEngineException(String.valueOf(getMessage()), HINT);
    }
}
