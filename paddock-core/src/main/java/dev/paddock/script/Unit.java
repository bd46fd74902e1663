package dev.paddock.script;

/** What comes next in a script. */
enum Unit {
    /** A statement, with its semicolon unless the file ends before it. */
    STATEMENT,
    /** A line for psql, from its backslash on; nothing of the line is consumed yet but the backslash. */
    META,
    /** A backslash within a statement. */
    META_WITHIN,
    END
}
