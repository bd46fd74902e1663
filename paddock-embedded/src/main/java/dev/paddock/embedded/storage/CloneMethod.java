package dev.paddock.embedded.storage;

import dev.paddock.model.InvalidSpecException;
import java.util.Locale;
import java.util.Optional;

/** How a clone shares its snapshot's data. */
public enum CloneMethod {
    /** A file system in memory laid over the snapshot: nothing is copied before it is written to. */
    OVERLAY,
    /** Files whose blocks the file system shares until they are written to. */
    REFLINK,
    /** Files of its own. */
    COPY;

    /** What {@code PADDOCK_STORAGE} (or the system property {@code paddock.storage}, before it) forces. */
    public static Optional<CloneMethod> forced() {
        String wish = System.getProperty("paddock.storage");
        if (wish == null) {
            wish = System.getenv("PADDOCK_STORAGE");
        }
        if (wish == null || wish.isEmpty()) {
            return Optional.empty();
        }
        for (CloneMethod method : values()) {
            if (method.toString().equals(wish)) {
                return Optional.of(method);
            }
        }
        throw new InvalidSpecException(
                "PADDOCK_STORAGE is '" + wish + "'",
                "set it to overlay, reflink or copy, or to nothing for the best of them");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
