package dev.paddock.script;

import java.io.IOException;

/** The file ends within a string, a quoted name or a comment. */
final class UnclosedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int offset;

    /** @param offset where it begins, relative to the mark */
    UnclosedException(String what, int offset) {
        super("the file ends inside " + what);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
