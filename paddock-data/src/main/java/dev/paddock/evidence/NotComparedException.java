package dev.paddock.evidence;

/** Something that can't be compared; the message says why. Never leaves this package. */
final class NotComparedException extends Exception {
    private static final long serialVersionUID = 1;

    NotComparedException(String message, Throwable cause) {
        super(message, cause);
    }

    NotComparedException(String message) {
        super(message);
    }
}
