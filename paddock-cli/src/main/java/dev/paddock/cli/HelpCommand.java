package dev.paddock.cli;

import dev.paddock.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** How to use it all, or one command. */
final class HelpCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of("help", "help [COMMAND]", "Shows what there is, or how to use one command.")
                .operands("0..2", "COMMAND", "The command.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        List<String> name = given.operands();
        CommandLine tree = new CommandLine(Commands.tree());
        CommandLine shown = tree;
        for (String part : name) {
            CommandLine next = shown.getSubcommands().get(part);
            if (next == null) {
                throw new UnknownCommandException(
                        "",
                        String.join(" ", name),
                        List.copyOf(shown.getSubcommands().keySet()));
            }
            shown = next;
        }
        show(shown, session.terminal());
        return ExitCode.OK;
    }

    static void show(CommandSpec grammar, Terminal terminal) {
        show(new CommandLine(grammar), terminal);
    }

    private static void show(CommandLine command, Terminal terminal) {
        PrintWriter writer = terminal.writer();
        command.usage(writer, terminal.isOutColoured() ? Ansi.ON : Ansi.OFF);
        writer.flush();
    }
}
