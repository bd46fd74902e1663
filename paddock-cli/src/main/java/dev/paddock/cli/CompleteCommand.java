package dev.paddock.cli;

import picocli.CommandLine.Model.CommandSpec;

/** What could stand at the cursor: one candidate per line. Called by the completion scripts with the words typed so far. */
final class CompleteCommand implements Command {
    static final String NAME = ".complete";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(NAME, NAME + " -- WORD…", "Used by the completion scripts.")
                .build();
    }

    @Override
    public boolean takesRest() {
        return true;
    }

    @Override
    public int run(Arguments given, Session session) {
        if (!given.rest().isEmpty()) {
            new Completer(session).candidates(given.rest()).forEach(session.terminal()::print);
        }
        return ExitCode.OK;
    }
}
