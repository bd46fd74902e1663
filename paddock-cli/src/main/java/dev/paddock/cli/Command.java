package dev.paddock.cli;

/** One thing that can be asked for: what it takes, and what it does. */
interface Command {

    /** Its name, options and help. */
    Grammar grammar();

    /** Does it. Returns the exit code. */
    int run(Arguments given, Session session);
}
