package dev.paddock.script;

import dev.paddock.wire.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What {@code \gset} and {@code \gexec} do with the answer to a statement. */
final class Answers {
    private Answers() {}

    /** Each column of the one row becomes a variable; NULL unsets it. */
    static void intoVariables(Rows answer, String prefix, ScriptSession session, CommandLine command)
            throws IOException {
        if (answer.columns().isEmpty()) {
            return;
        }
        if (answer.cells().size() != 1) {
            String why = (answer.cells().isEmpty() ? "no row" : "more than one row") + " for \\gset";
            if (session.variables().stopsOnError()) {
                throw command.refused(why, "it takes exactly one");
            }
            session.note(command.source().file() + ": " + why);
            return;
        }
        List<Optional<String>> row = answer.cells().get(0);
        for (int i = 0; i < row.size(); i++) {
            String name = prefix + answer.columns().get(i);
            if (!Variables.isObeyed(name)) {
                assign(name, row.get(i), session, command);
            }
        }
    }

    private static void assign(String name, Optional<String> value, ScriptSession session, CommandLine command)
            throws IOException {
        try {
            if (value.isPresent()) {
                session.variables().set(name, value.get());
            } else {
                session.variables().unset(name);
            }
        } catch (IllegalArgumentException impossible) {
            throw command.refused(
                    String.valueOf(impossible.getMessage()), "call the column otherwise: select … as name");
        }
    }

    /** Each cell is a statement, row by row; what is in it means nothing to psql. */
    static void carryOut(Rows answer, ScriptSession session, StatementRunner runner, long line) throws IOException {
        for (List<Optional<String>> row : answer.cells()) {
            for (Optional<String> cell : row) {
                if (cell.isPresent() && !cell.get().isBlank()) {
                    runner.run(
                            Statement.of(cell.get(), line, session.connection().charset()));
                }
            }
        }
    }
}
