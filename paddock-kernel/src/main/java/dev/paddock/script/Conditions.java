package dev.paddock.script;

import java.util.ArrayDeque;
import java.util.Deque;

/** The branches of a script, each within another: {@code \if}, {@code \elif}, {@code \else}, {@code \endif}. Not thread-safe. */
final class Conditions {
    private final StatementLexer lexer;
    private final Deque<Branch> branches = new ArrayDeque<>();

    /** Whether a branch is the one to be followed, and whether there may be another after it. */
    private enum State {
        FOLLOWED,
        /** None was followed yet. */
        LEFT_OUT,
        /** One was followed, or what all of them are in is left out. */
        PASSED,
        LAST_FOLLOWED,
        LAST_LEFT_OUT
    }

    /**
     * @param length how much of the statement that it is within stands before it
     * @param parentheses those open there
     */
    private record Branch(State state, int length, int parentheses) {}

    Conditions(StatementLexer lexer) {
        this.lexer = lexer;
    }

    boolean areMet() {
        Branch innermost = branches.peek();
        return innermost == null || innermost.state == State.FOLLOWED || innermost.state == State.LAST_FOLLOWED;
    }

    boolean areClosed() {
        return branches.isEmpty();
    }

    /** Whether the condition of an {@code \elif} that comes now makes a difference. */
    boolean isOpen() {
        return !branches.isEmpty() && branches.element().state == State.LEFT_OUT;
    }

    void begin(boolean holds, int length) {
        State state = !areMet() ? State.PASSED : holds ? State.FOLLOWED : State.LEFT_OUT;
        branches.push(new Branch(state, length, lexer.parentheses()));
        obey();
    }

    /** @return why it can't stand here, else nothing */
    String otherwiseIf(boolean holds, int length) {
        if (branches.isEmpty()) {
            return "there is no \\if before it";
        }
        switch (branches.element().state) {
            case FOLLOWED -> enter(State.PASSED, length);
            case LEFT_OUT -> enter(holds ? State.FOLLOWED : State.LEFT_OUT, length);
            case PASSED -> enter(State.PASSED, length);
            default -> {
                return "it can't stand after \\else";
            }
        }
        return "";
    }

    /** @return why it can't stand here, else nothing */
    String otherwise(int length) {
        if (branches.isEmpty()) {
            return "there is no \\if before it";
        }
        switch (branches.element().state) {
            case FOLLOWED, PASSED -> enter(State.LAST_LEFT_OUT, length);
            case LEFT_OUT -> enter(State.LAST_FOLLOWED, length);
            default -> {
                return "it can't stand after \\else";
            }
        }
        return "";
    }

    /** @return why it can't stand here, else nothing */
    String end() {
        if (branches.isEmpty()) {
            return "there is no \\if before it";
        }
        leave();
        branches.pop();
        obey();
        return "";
    }

    private void enter(State state, int length) {
        Branch left = branches.element();
        boolean kept = areMet();
        leave();
        branches.pop();
        branches.push(
                kept
                        ? new Branch(state, length, lexer.parentheses())
                        : new Branch(state, left.length, left.parentheses));
        obey();
    }

    /** What stands in a branch that isn't followed is no part of the statement. */
    private void leave() {
        if (!areMet()) {
            Branch left = branches.element();
            lexer.takeBack(left.length, left.parentheses);
        }
    }

    private void obey() {
        if (areMet()) {
            lexer.endSkipping();
        } else {
            lexer.beginToSkip(branches.element().length);
        }
    }
}
