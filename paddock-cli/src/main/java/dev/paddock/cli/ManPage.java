package dev.paddock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One command as a page of the manual, in the language of {@code man}: what its help says, and what it belongs to.
 *
 * @param name as it is typed, without the leading {@code paddock}; empty for the page of them all
 * @param grammar of the command
 */
record ManPage(String name, CommandSpec grammar) {

    /** Those of all commands, and the page of them all. */
    static List<ManPage> all() {
        List<ManPage> pages = new ArrayList<>();
        pages.add(new ManPage("", Commands.tree()));
        for (String name : Commands.TOP) {
            List<String> seconds = Group.find(name).map(Group::commands).orElse(List.of());
            for (String second : seconds) {
                pages.add(new ManPage(name + " " + second, Commands.grammar(name + " " + second)));
            }
            if (seconds.isEmpty()) {
                pages.add(new ManPage(name, Commands.grammar(name)));
            }
        }
        return pages;
    }

    /** Of its file, without the section. */
    String title() {
        return name.isEmpty() ? "paddock" : "paddock-" + name.replace(' ', '-');
    }

    String text() {
        StringBuilder page = new StringBuilder();
        page.append(".TH ")
                .append(escaped(title()).toUpperCase(java.util.Locale.ROOT))
                .append(" 1 \"\" \"paddock ")
                .append(Version.OF_PADDOCK)
                .append("\"\n");
        section(page, "NAME", escaped(title()) + " \\- " + escaped(summary()));
        section(page, "SYNOPSIS", "\\fB" + escaped(grammar.usageMessage().customSynopsis()[0]) + "\\fR");
        section(
                page,
                "DESCRIPTION",
                escaped(String.join(" ", grammar.usageMessage().description())));
        if (name.isEmpty()) {
            list(
                    page,
                    "COMMANDS",
                    all().stream()
                            .filter(each -> !each.name.isEmpty())
                            .map(each -> new Entry(each.name, each.summary())));
        }
        list(page, "ARGUMENTS", grammar.positionalParameters().stream().map(Entry::of));
        list(
                page,
                "OPTIONS",
                grammar.options().stream().filter(each -> !each.hidden()).map(Entry::of));
        section(
                page,
                "EXIT STATUS",
                escaped(String.join(" ", Commands.tree().usageMessage().footer())
                        .strip()));
        if (!name.isEmpty()) {
            section(page, "SEE ALSO", "\\fBpaddock\\fR(1)");
        }
        return page.toString();
    }

    private String summary() {
        String description = String.join(" ", grammar.usageMessage().description());
        int end = description.indexOf(". ");
        return end < 0 ? description : description.substring(0, end + 1);
    }

    /** What can be given, and what it means. */
    private record Entry(String written, String meaning) {

        static Entry of(OptionSpec option) {
            String names = String.join(", ", option.names());
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            return new Entry(names + label, String.join(" ", option.description()));
        }

        static Entry of(PositionalParamSpec operand) {
            return new Entry(operand.paramLabel(), String.join(" ", operand.description()));
        }
    }

    private static void section(StringBuilder page, String title, String text) {
        page.append(".SH ").append(title).append('\n').append(text).append('\n');
    }

    private static void list(StringBuilder page, String title, java.util.stream.Stream<Entry> entries) {
        String items = entries.map(
                        each -> ".TP\n\\fB" + escaped(each.written()) + "\\fR\n" + escaped(each.meaning()) + "\n")
                .collect(Collectors.joining());
        if (!items.isEmpty()) {
            page.append(".SH ").append(title).append('\n').append(items);
        }
    }

    /** As text, whatever is in it: no hyphen becomes a dash, and no line a request. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
