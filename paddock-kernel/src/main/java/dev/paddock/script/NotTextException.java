package dev.paddock.script;

import java.io.IOException;

/** A zero byte where SQL should be. */
final class NotTextException extends IOException {
    private static final long serialVersionUID = 1;

    NotTextException() {
        super("a byte of zero: this is not text but binary data");
    }
}
