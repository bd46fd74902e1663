package dev.paddock.script;

import dev.paddock.wire.ClientEncoding;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds where statements end, as psql does, on undecoded bytes. A statement lies between the text's mark and position, and
 * begins with its first character that is neither space nor {@code --} comment. Not thread-safe.
 */
final class StatementLexer {
    private static final byte[] NOTHING = {};

    private final ScriptText text;
    private final Interpolation interpolation;
    private final QuotedParts quoted;
    private final StatementWords words = new StatementWords();
    private final Deque<Expansion> expansions = new ArrayDeque<>();
    private boolean standardStrings = true;
    private int parentheses;
    private int firstToken;
    private boolean anyToken;
    private boolean escapesGoOn;
    private boolean newline;
    private boolean afterDot;
    private boolean skipping;
    private int kept;

    /** A variable's value that is being read, up to where the text has been consumed that far. */
    private record Expansion(String name, long end) {}

    StatementLexer(ScriptText text, Interpolation interpolation) {
        this.text = text;
        this.interpolation = interpolation;
        this.quoted = new QuotedParts(text);
    }

    /** How text is to be read from here on, as the session's settings say. */
    void adopt(boolean standardConformingStrings, ClientEncoding clientEncoding) {
        standardStrings = standardConformingStrings;
        quoted.adopt(clientEncoding);
    }

    /**
     * From here on all is left out: variables mean nothing, and no statement ends.
     *
     * @param length how much of the statement that has begun is kept
     */
    void beginToSkip(int length) {
        skipping = true;
        kept = length;
    }

    void endSkipping() {
        skipping = false;
    }

    /** Whether a statement has begun, and not ended. */
    boolean isWithinStatement() {
        return anyToken;
    }

    int parentheses() {
        return parentheses;
    }

    /** Takes back the statement's text behind an offset from the mark, with the parentheses that were open there. */
    void takeBack(int length, int openParentheses) {
        text.replace(length, NOTHING);
        parentheses = openParentheses;
        anyToken &= firstToken < length;
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
        return resume();
    }

    /** Goes on with the unit after a command to psql within it, which is no longer in the text. */
    Unit resume() throws IOException {
        escapesGoOn = false;
        newline = false;
        afterDot = false;
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
                        boolean leading = !anyToken && text.position() == text.mark() + 1;
                        quoted.lineComment();
                        if (leading) {
                            text.advanceMark();
                        }
                        continue;
                    }
                    token();
                }
                case '/' -> {
                    if (text.peek() == '*') {
                        quoted.blockComment();
                        continue;
                    }
                    token();
                }
                case '\'' -> {
                    token();
                    boolean escapes = !standardStrings || (escapesGoOn && newline);
                    quoted.string(escapes);
                    // A string goes on after a line break, in the way it began.
                    escapesGoOn = escapes;
                    newline = false;
                    words.interrupt();
                    continue;
                }
                case '"' -> {
                    token();
                    quoted.name();
                    words.interrupt();
                }
                case '$' -> {
                    token();
                    quoted.dollar();
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
                    if (skipping && kept == 0) {
                        text.advanceMark();
                        anyToken = false;
                    }
                    if (parentheses == 0 && !words.inBody() && !skipping) {
                        if (anyToken) {
                            return Unit.STATEMENT;
                        }
                        text.advanceMark();
                    }
                    words.interrupt();
                }
                case '\\' -> {
                    int next = text.peek();
                    if (next != ';' && next != ':') {
                        return Unit.META;
                    }
                    // A semicolon that ends nothing, or a colon before no variable.
                    token();
                    replace(text.position() - 1 - text.mark(), NOTHING);
                    text.skip(1);
                    words.interrupt();
                }
                case ':' -> {
                    token();
                    colon();
                    words.interrupt();
                }
                case 0 -> throw new NotTextException();
                default -> {
                    token();
                    if (QuotedParts.isNameStart(c)) {
                        if (word(c, afterDot)) {
                            quoted.string(true);
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

    /** After a colon: puts the value of a variable in its place, if one is named. */
    private void colon() throws IOException {
        int next = text.peek();
        if (next == ':' || next == '=') {
            text.skip(1);
            return;
        }
        Optional<Interpolation.Found> found = skipping ? Optional.empty() : interpolation.after(text);
        if (found.isEmpty() || (found.get().again() && isBeingRead(found.get().name()))) {
            return;
        }
        byte[] value = interpolation.encoded(found.get().value());
        int start = text.position() - 1 - text.mark();
        text.skip(found.get().length());
        replace(start, value);
        if (found.get().again()) {
            expansions.push(new Expansion(found.get().name(), text.consumed() + value.length));
        } else {
            text.skip(value.length);
        }
    }

    private void replace(int from, byte[] by) {
        int more = by.length - (text.position() - text.mark() - from);
        text.replace(from, by);
        if (more != 0 && !expansions.isEmpty()) {
            List<Expansion> moved = expansions.stream()
                    .map(expansion -> new Expansion(expansion.name(), expansion.end() + more))
                    .toList();
            expansions.clear();
            expansions.addAll(moved);
        }
    }

    private void forgetWhatWasRead() {
        while (!expansions.isEmpty() && expansions.peek().end() <= text.consumed()) {
            expansions.pop();
        }
    }

    private boolean isBeingRead(String name) {
        forgetWhatWasRead();
        return expansions.stream().anyMatch(expansion -> expansion.name().equals(name));
    }

    /** The rest of a word; true if it is the E before a string, whose quote it consumes. */
    private boolean word(int first, boolean afterDot) throws IOException {
        words.startWord();
        int c = first;
        while (true) {
            words.append(c);
            quoted.consume(c);
            c = text.peek();
            if (!QuotedParts.isNameStart(c) && c != '$' && (c < '0' || c > '9')) {
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
}
