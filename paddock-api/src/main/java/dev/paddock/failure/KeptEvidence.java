package dev.paddock.failure;

/** Not a failure but a line among a failure's own, which says where to look; without a stack. */
final class KeptEvidence extends Exception {
    private static final long serialVersionUID = 1;

    KeptEvidence(String where) {
        super(where, null, false, false);
    }
}
