package dev.paddock.cli;

import java.util.List;

/** How to use it all, or one command. */
final class HelpCommand implements Command {

    @Override
    public Grammar grammar() {
        return Grammar.of("help", "help [COMMAND]", "Shows what there is, or how to use one command.")
                .operands(0, 2, "COMMAND", "The command.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        show(String.join(" ", given.operands()), session);
        return ExitCode.OK;
    }

    /** Of one command, of a group, or, without a name, of all. */
    static void show(String name, Session session) {
        HelpText text = new HelpText(session.terminal());
        if (name.isEmpty()) {
            text.overview("COMMAND …", "Real PostgreSQL on demand.", grammars("", Commands.TOP));
            session.terminal().print("");
            text.paragraph(
                    "Each command explains itself with --help. Exit codes: 0, 1 failure, 2 wrong usage; run and psql"
                            + " exit with their command's code, 127 if it is not found, 126 if it can't be executed.");
        } else if (name.equals(Commands.SNAPSHOT)) {
            text.overview(
                    "snapshot COMMAND …",
                    "Makes, shows and removes snapshots.",
                    grammars(Commands.SNAPSHOT + " ", Commands.OF_SNAPSHOT));
        } else {
            text.command(Commands.find(name)
                    .orElseThrow(() -> new UnknownCommandException("", name, Commands.TOP))
                    .grammar());
        }
    }

    private static List<Grammar> grammars(String group, List<String> names) {
        return names.stream()
                .map(name -> name.equals(Commands.SNAPSHOT)
                        ? Grammar.of(name, name, "Makes, shows and removes snapshots.")
                                .build()
                        : Commands.find(group + name).orElseThrow().grammar())
                .toList();
    }
}
