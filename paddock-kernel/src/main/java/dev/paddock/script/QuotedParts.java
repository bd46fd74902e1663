package dev.paddock.script;

import dev.paddock.wire.ClientEncoding;
import java.io.IOException;

/** Consumes what semicolons mean nothing in: comments, strings, quoted names. Not thread-safe. */
final class QuotedParts {
    private final ScriptText text;
    private boolean hidesAscii;
    private ClientEncoding encoding = ClientEncoding.UTF8;

    QuotedParts(ScriptText text) {
        this.text = text;
    }

    /** What the text is in from here on. */
    void adopt(ClientEncoding clientEncoding) {
        encoding = clientEncoding;
        hidesAscii = clientEncoding.hidesAscii();
    }

    /** After its first dash. */
    void lineComment() throws IOException {
        int c = text.peek();
        while (c != '\n' && c != '\r' && c >= 0) {
            text.skip(1);
            c = text.peek();
        }
    }

    void blockComment() throws IOException {
        int start = text.position() - 1 - text.mark();
        int depth = 1;
        text.skip(1);
        while (depth > 0) {
            int c = character("a comment", start);
            if (c == '/' && text.peek() == '*') {
                text.skip(1);
                depth++;
            } else if (c == '*' && text.peek() == '/') {
                text.skip(1);
                depth--;
            }
        }
    }

    void string(boolean escapes) throws IOException {
        if (!escapes) {
            quoted('\'', "a string");
            return;
        }
        int start = text.position() - 1 - text.mark();
        while (true) {
            int c = character("a string", start);
            if (c == '\\') {
                character("a string", start);
            } else if (c == '\'') {
                // Two in a row are read as an end and a new start.
                if (text.peek() != '\'') {
                    return;
                }
                text.skip(1);
            }
        }
    }

    private void quoted(char quote, String what) throws IOException {
        int start = text.position() - 1 - text.mark();
        while (true) {
            if (character(what, start) == quote) {
                if (text.peek() != quote) {
                    return;
                }
                text.skip(1);
            }
        }
    }

    /** At a dollar sign: a parameter, or a string quoted by two tags. */
    void dollar() throws IOException {
        int start = text.position() - 1 - text.mark();
        int c = text.peek();
        if (c >= '0' && c <= '9') {
            return;
        }
        if (c != '$') {
            if (!isNameStart(c)) {
                return;
            }
            while (isNameStart(c) || (c >= '0' && c <= '9')) {
                consume(text.read());
                c = text.peek();
            }
            if (c != '$') {
                return;
            }
        }
        text.skip(1);
        int tag = text.position() - text.mark() - start;
        int matched = 0;
        while (matched < tag) {
            int b = character("a string quoted by dollars", start);
            byte[] bytes = text.bytes();
            if (b == (bytes[text.mark() + start + matched] & 0xff)) {
                matched++;
            } else {
                matched = b == '$' ? 1 : 0;
            }
        }
    }

    /** After its first quote. */
    void name() throws IOException {
        quoted('"', "a quoted name");
    }

    /** Consumes one character and gives its first byte. */
    private int character(String what, int start) throws IOException {
        int c = text.read();
        if (c < 0) {
            throw new UnclosedException(what, start);
        }
        if (c == 0) {
            throw new NotTextException();
        }
        consume(c);
        return c;
    }

    /** After the first byte of a character: consumes the others where they could be mistaken for ASCII. */
    void consume(int first) throws IOException {
        if (!hidesAscii || first < 0x80) {
            return;
        }
        int further = encoding.length(first, text.peek()) - 1;
        for (int i = 0; i < further; i++) {
            text.read();
        }
    }

    /** Whether a word may begin with this byte. */
    static boolean isNameStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }
}
