package dev.paddock.script;

/**
 * What the words of a statement say about where it ends: the body of a function in SQL's own style, {@code BEGIN ATOMIC …
 * END}, holds semicolons. Not thread-safe.
 */
final class StatementWords {
    private static final int LONGEST_KEYWORD = 9;

    private final byte[] word = new byte[LONGEST_KEYWORD];
    private int length;
    private int count;
    private boolean routine;
    private boolean create;
    private boolean begun;
    private boolean afterAs;
    private int depth;

    void reset() {
        count = 0;
        routine = false;
        create = false;
        begun = false;
        afterAs = false;
        depth = 0;
    }

    void startWord() {
        length = 0;
    }

    void append(int b) {
        if (length < LONGEST_KEYWORD) {
            word[length] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
        }
        length++;
    }

    /** @param isName whether it can't be a keyword, since it follows a dot */
    void endWord(boolean isName) {
        count++;
        boolean keyword = !isName && !afterAs;
        afterAs = is("as");
        if (routine) {
            body(keyword);
        } else if (count == 1) {
            create = is("create");
        } else if (create) {
            routine = is("function") || is("procedure");
            create = (count == 2 && is("or")) || (count == 3 && is("replace"));
        }
    }

    private void body(boolean keyword) {
        if (depth == 0) {
            depth = keyword && begun && is("atomic") ? 1 : 0;
            begun = keyword && is("begin");
        } else if (keyword && is("case")) {
            depth++;
        } else if (keyword && is("end")) {
            depth--;
        }
    }

    /** Whether a quoted identifier or anything but a word came in between. */
    void interrupt() {
        begun = false;
        afterAs = false;
    }

    /** Whether a semicolon here is inside a body. */
    boolean inBody() {
        return depth > 0;
    }

    boolean isEscapePrefix() {
        return length == 1 && word[0] == 'e';
    }

    private boolean is(String keyword) {
        if (length != keyword.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word[i] != keyword.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
