package dev.paddock.evidence;

/** What happened to something. */
public enum Change {
    ADDED('+'),
    CHANGED('~'),
    REMOVED('-');

    private final char sign;

    Change(char sign) {
        this.sign = sign;
    }

    /** As a diff writes it. */
    public char sign() {
        return sign;
    }
}
