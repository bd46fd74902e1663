package dev.paddock.docker.connection;

import dev.paddock.model.PaddockException;
import java.time.Duration;

/** An engine was asked and has not answered, so that nothing is known of what it runs. */
public final class SilentEngineException extends PaddockException {
    private static final long serialVersionUID = 1;

    SilentEngineException(EngineAddress address, Duration patience) {
        super(
                "the Docker Engine at " + address.uri() + " (from " + address.source() + ") doesn't answer within "
                        + patience.toSeconds() + " s",
                "see whether it stands still: docker version");
    }
}
