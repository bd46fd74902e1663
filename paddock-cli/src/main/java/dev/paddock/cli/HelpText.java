package dev.paddock.cli;

import dev.paddock.cli.terminal.Style;
import dev.paddock.cli.terminal.Terminal;
import java.util.List;

/** Shows grammars to people: names on the left, what they mean on the right. */
final class HelpText {
    private static final int WIDTH = 100;
    private static final int COLUMN = 28;
    private static final String INDENT = "  ";

    private final Terminal terminal;

    HelpText(Terminal terminal) {
        this.terminal = terminal;
    }

    void command(Grammar grammar) {
        head(grammar.synopsis(), grammar.summary());
        grammar.operands().ifPresent(operands -> item(operands.label(), operands.description()));
        grammar.options().forEach(option -> item(option.shown(), option.description()));
    }

    void overview(String synopsis, String summary, List<Grammar> commands) {
        head(synopsis, summary);
        commands.forEach(command -> item(command.name(), command.summary()));
    }

    void item(String name, String meaning) {
        String left = INDENT + name;
        boolean fits = left.codePointCount(0, left.length()) < COLUMN;
        String shown = INDENT + terminal.onOut(Style.STRONG, name);
        List<String> lines = Paragraph.wrap(meaning, WIDTH - COLUMN);
        terminal.print(fits ? shown + " ".repeat(COLUMN - left.length()) + lines.get(0) : shown);
        for (String line : fits ? lines.subList(1, lines.size()) : lines) {
            terminal.print(" ".repeat(COLUMN) + line);
        }
    }

    void paragraph(String text) {
        Paragraph.wrap(text, WIDTH).forEach(terminal::print);
    }

    private void head(String synopsis, String summary) {
        terminal.print("Usage: " + terminal.onOut(Style.STRONG, "paddock " + synopsis));
        paragraph(summary);
        terminal.print("");
    }
}
