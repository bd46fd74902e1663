package dev.paddock.model;

import org.jspecify.annotations.Nullable;

/** What was asked for can't be meant: a value that no machine could serve. The command line answers it as wrong usage. */
public class InvalidSpecException extends PaddockException {
    private static final long serialVersionUID = 1;

    public InvalidSpecException(String message) {
        super(message);
    }

    public InvalidSpecException(String message, @Nullable String hint) {
        super(message, hint);
    }

    public InvalidSpecException(String message, Hint hint) {
        super(message, hint);
    }

    /**
     * Refuses a name that is empty, as that of a shell's variable is which isn't set.
     *
     * @param of what the name is to be of, with its article
     */
    public static void ifEmpty(String name, String of) {
        if (name.isBlank()) {
            throw new InvalidSpecException("the name of " + of + " is empty", "name it, or leave it out");
        }
    }
}
