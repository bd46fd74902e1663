package dev.paddock.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whatever Paddock can't do. The message says what failed and why; the hint, where there is one, what to do about it. */
public class PaddockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String hint;

    public PaddockException(String message) {
        this(message, null, null);
    }

    public PaddockException(String message, @Nullable String hint) {
        this(message, hint, null);
    }

    public PaddockException(String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** The same failure for one more who waited for it, with a stack of its own. */
    public static PaddockException again(@Nullable Throwable failure) {
        return failure instanceof PaddockException known
                ? new PaddockException(
                        String.valueOf(known.getMessage()), known.hint().orElse(null), known)
                : new PaddockException(String.valueOf(failure), null, failure);
    }

    /** What the user can do about it, as one sentence without a full stop. */
    public final Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
