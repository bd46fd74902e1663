package dev.paddock.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One thing that can be asked for: what it takes, and what it does. */
interface Command {

    /** Its name, options and help. Made only for the command that is asked for, for it takes time. */
    CommandSpec grammar();

    /** Whether it does something with what follows {@code --}. Where it doesn't, words there are wrong usage. */
    default boolean takesRest() {
        return false;
    }

    /** Does it. Returns the exit code. */
    int run(Arguments given, Session session);
}
