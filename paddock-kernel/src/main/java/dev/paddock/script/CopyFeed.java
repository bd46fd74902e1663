package dev.paddock.script;

import dev.paddock.wire.CopyIn;
import java.io.IOException;

/** Passes the lines after a COPY on to the server, in blocks, up to the line {@code \.}. */
final class CopyFeed {
    private final ScriptText text;

    CopyFeed(ScriptText text) {
        this.text = text;
    }

    /** Consumes what is left of the line of the COPY; false if it says more than a comment. */
    boolean finishLine() throws IOException {
        boolean blank = true;
        boolean comment = false;
        int c = text.read();
        while (c >= 0 && c != '\n') {
            comment |= blank && c == '-' && text.peek() == '-';
            blank &= comment || c == ' ' || c == '\t' || c == '\r';
            c = text.read();
        }
        return blank;
    }

    /** Consumes the data and its end; false if the file ends before. Stops early when the server refuses the data. */
    boolean feed(CopyIn copy) throws IOException {
        boolean lineStart = true;
        while (!(lineStart && atEnd())) {
            int available = text.available();
            if (available == 0) {
                return false;
            }
            byte[] bytes = text.bytes();
            int from = text.position();
            int end = from + available;
            int at = from;
            int lines = 0;
            boolean maybeEnd = false;
            while (at < end && !maybeEnd) {
                if (bytes[at++] == '\n') {
                    lines++;
                    // Null in the first column starts many a line with a backslash: only \. is worth a closer look.
                    maybeEnd = at == end || (bytes[at] == '\\' && (at + 1 == end || bytes[at + 1] == '.'));
                }
            }
            if (!copy.write(bytes, from, at - from)) {
                return true;
            }
            lineStart = bytes[at - 1] == '\n';
            text.release(at - from, lines);
        }
        finishLine();
        return true;
    }

    private boolean atEnd() throws IOException {
        if (text.peekAt(0) != '\\' || text.peekAt(1) != '.') {
            return false;
        }
        int next = text.peekAt(2);
        return next == '\n' || next < 0 || (next == '\r' && (text.peekAt(3) == '\n' || text.peekAt(3) < 0));
    }
}
