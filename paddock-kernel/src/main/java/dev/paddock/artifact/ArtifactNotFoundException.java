package dev.paddock.artifact;

import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import org.jspecify.annotations.Nullable;

/** Every repository was asked, and none has the artifact: another version may be had, trying again is of no use. */
public final class ArtifactNotFoundException extends PaddockException {
    private static final long serialVersionUID = 1;

    public ArtifactNotFoundException(String message, Hint hint, @Nullable Throwable cause) {
        super(message, hint, cause);
    }
}
