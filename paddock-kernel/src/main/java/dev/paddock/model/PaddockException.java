package dev.paddock.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whatever Paddock can't do. The message says what failed and why; the hint, where there is one, what to do about it. */
public class PaddockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Hint advice;

    public PaddockException(String message) {
        super(message);
        this.advice = null;
    }

    public PaddockException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = null;
    }

    public PaddockException(String message, @Nullable String hint) {
        this(message, hint, null);
    }

    public PaddockException(String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = hint == null ? null : Hint.of(hint);
    }

    public PaddockException(String message, Hint hint) {
        this(message, hint, null);
    }

    public PaddockException(String message, Hint hint, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = hint;
    }

    /** The same failure for one more who waited for it, with a stack of its own. */
    public static PaddockException again(@Nullable Throwable failure) {
        if (!(failure instanceof PaddockException known)) {
            return new PaddockException(String.valueOf(failure), failure);
        }
        String message = String.valueOf(known.getMessage());
        return known.advice == null
                ? new PaddockException(message, known)
                : new PaddockException(message, known.advice, known);
    }

    /** What the user can do about it, for whoever words it or passes it on. */
    public final Optional<Hint> advice() {
        return Optional.ofNullable(advice);
    }

    /** What the user of an interface can do about it, in its words, as one sentence without a full stop. */
    public final Optional<String> hint(Vocabulary vocabulary) {
        return advice().flatMap(hint -> hint.in(vocabulary));
    }

    /** The same in the words of the library. */
    public final Optional<String> hint() {
        return hint(Vocabulary.JAVA);
    }
}
