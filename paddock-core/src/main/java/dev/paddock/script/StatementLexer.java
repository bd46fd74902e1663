package dev.paddock.script;

import dev.paddock.wire.ClientEncoding;
import java.io.IOException;

/**
 * Finds where statements end, as psql does, on undecoded bytes. A statement lies between the text's mark and position, and
 * begins with its first character that is neither space nor {@code --} comment. Not thread-safe.
 */
final class StatementLexer {
    private final ScriptText text;
    private final StatementWords words = new StatementWords();
    private boolean standardStrings = true;
    private boolean hidesAscii;
    private ClientEncoding encoding = ClientEncoding.UTF8;
    private int parentheses;
    private int firstToken;
    private boolean anyToken;

    StatementLexer(ScriptText text) {
        this.text = text;
    }

    /** How text is to be read from here on, as the session's settings say. */
    void adopt(boolean standardConformingStrings, ClientEncoding clientEncoding) {
        standardStrings = standardConformingStrings;
        encoding = clientEncoding;
        hidesAscii = clientEncoding.hidesAscii();
    }

    /** Where the statement's first token is, relative to the mark. */
    int firstToken() {
        return firstToken;
    }

    /** Consumes the next unit. */
    Unit next() throws IOException {
        text.advanceMark();
        words.reset();
        parentheses = 0;
        anyToken = false;
        boolean escapesGoOn = false;
        boolean newline = false;
        boolean afterDot = false;
        while (true) {
            int c = text.read();
            switch (c) {
                case -1 -> {
                    return anyToken ? Unit.STATEMENT : Unit.END;
                }
                case ' ', '\t', '\f', 0x0b, '\n', '\r' -> {
                    newline |= c == '\n' || c == '\r';
                    if (!anyToken && text.position() == text.mark() + 1) {
                        text.advanceMark();
                    }
                    continue;
                }
                case '-' -> {
                    if (text.peek() == '-') {
                        lineComment();
                        continue;
                    }
                    token();
                }
                case '/' -> {
                    if (text.peek() == '*') {
                        blockComment();
                        continue;
                    }
                    token();
                }
                case '\'' -> {
                    token();
                    boolean escapes = !standardStrings || (escapesGoOn && newline);
                    string(escapes);
                    // A string goes on after a line break, in the way it began.
                    escapesGoOn = escapes;
                    newline = false;
                    words.interrupt();
                    continue;
                }
                case '"' -> {
                    token();
                    quoted('"', "a quoted name");
                    words.interrupt();
                }
                case '$' -> {
                    token();
                    dollar();
                    words.interrupt();
                }
                case '(' -> {
                    token();
                    parentheses++;
                    words.interrupt();
                }
                case ')' -> {
                    token();
                    parentheses = Math.max(0, parentheses - 1);
                    words.interrupt();
                }
                case ';' -> {
                    if (parentheses == 0 && !words.inBody()) {
                        if (anyToken) {
                            return Unit.STATEMENT;
                        }
                        text.advanceMark();
                    }
                    words.interrupt();
                }
                case '\\' -> {
                    return anyToken ? Unit.META_WITHIN : Unit.META;
                }
                case 0 -> throw new NotTextException();
                default -> {
                    token();
                    if (isNameStart(c)) {
                        if (word(c, afterDot)) {
                            string(true);
                            escapesGoOn = true;
                            newline = false;
                            afterDot = false;
                            continue;
                        }
                    } else if (c >= '0' && c <= '9') {
                        digits();
                    } else if (c != '.') {
                        words.interrupt();
                    }
                }
            }
            escapesGoOn = false;
            newline = false;
            afterDot = c == '.';
        }
    }

    private void token() {
        if (!anyToken) {
            anyToken = true;
            firstToken = text.position() - 1 - text.mark();
        }
    }

    private void lineComment() throws IOException {
        boolean leading = !anyToken && text.position() == text.mark() + 1;
        int c = text.peek();
        while (c != '\n' && c != '\r' && c >= 0) {
            text.skip(1);
            c = text.peek();
        }
        if (leading) {
            text.advanceMark();
        }
    }

    private void blockComment() throws IOException {
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

    private void string(boolean escapes) throws IOException {
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
    private void dollar() throws IOException {
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

    /** The rest of a word; true if it is the E before a string, whose quote it consumes. */
    private boolean word(int first, boolean afterDot) throws IOException {
        words.startWord();
        int c = first;
        while (true) {
            words.append(c);
            consume(c);
            c = text.peek();
            if (!isNameStart(c) && c != '$' && (c < '0' || c > '9')) {
                break;
            }
            text.skip(1);
        }
        if (c == '\'' && words.isEscapePrefix()) {
            text.skip(1);
            words.interrupt();
            return true;
        }
        words.endWord(afterDot);
        return false;
    }

    private void digits() throws IOException {
        int c = text.peek();
        while (c >= '0' && c <= '9') {
            text.skip(1);
            c = text.peek();
        }
        words.interrupt();
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
    private void consume(int first) throws IOException {
        if (!hidesAscii || first < 0x80) {
            return;
        }
        int further = encoding.length(first, text.peek()) - 1;
        for (int i = 0; i < further; i++) {
            text.read();
        }
    }

    private static boolean isNameStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }
}
