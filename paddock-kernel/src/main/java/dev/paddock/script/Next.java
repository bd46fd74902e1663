package dev.paddock.script;

import java.io.IOException;

/** How a script goes on after a command to psql. */
sealed interface Next {

    record GoOn() implements Next {}

    /** Not at all. */
    record Quit() implements Next {}

    /** Without what has been written of a statement. */
    record Forget() implements Next {}

    /** With what has been written of a statement, else with the one carried out last. */
    record Send(Use use) implements Next {}

    /** What is done with that statement. */
    interface Use {
        void of(Statement statement) throws IOException;
    }
}
