package dev.paddock.cli;

import dev.paddock.model.PaddockException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** There is no such command. Hints at those that look like it. */
final class UnknownCommandException extends PaddockException {
    private static final long serialVersionUID = 1;

    /** @param among the commands that it isn't one of */
    UnknownCommandException(String name, CommandLine among) {
        super("there is no command '" + name + "'", hint(name.substring(name.lastIndexOf(' ') + 1), among));
    }

    private static String hint(String name, CommandLine among) {
        List<String> similar = new UnmatchedArgumentException(among, List.of(name)).getSuggestions();
        return similar.isEmpty()
                ? "the commands are " + String.join(", ", among.getSubcommands().keySet())
                : "did you mean " + String.join(" or ", similar) + "?";
    }
}
