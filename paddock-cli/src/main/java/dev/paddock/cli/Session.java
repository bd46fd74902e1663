package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.home.PaddockHome;

/** What each command works with. */
record Session(Terminal terminal, PaddockHome home) {

    /** On the engine that runs what is standing; closed by the caller. */
    Paddock open() {
        return open(SpecOptions.DEFAULT_ENGINE);
    }

    /** On the engine of this name; closed by the caller. */
    Paddock open(String engine) {
        return Paddock.open(engine, home, terminal.progress());
    }
}
