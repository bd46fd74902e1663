package dev.paddock.script;

/** What comes next in a script. */
enum Unit {
    /** A statement, with its semicolon unless the file ends before it. */
    STATEMENT,
    /** A command to psql, perhaps within a statement; nothing of it is consumed yet but the backslash. */
    META,
    END
}
