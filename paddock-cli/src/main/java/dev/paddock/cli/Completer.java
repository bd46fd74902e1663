package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.PaddockException;
import dev.paddock.server.Databases;
import dev.paddock.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Finds what could stand at the cursor, from the commands' own grammars. Never fails: at worst it finds nothing. */
final class Completer {
    /** Tells the shell to complete the names of files, or of programs and then their arguments, by itself. */
    static final String FILES = ":files";

    static final String PROGRAM = ":program";

    private final Session session;

    Completer(Session session) {
        this.session = session;
    }

    /** @param words what follows {@code paddock}, the one at the cursor last, even if it is empty */
    List<String> candidates(List<String> words) {
        String current = words.get(words.size() - 1);
        List<String> before = words.subList(0, words.size() - 1);
        List<String> found = new ArrayList<>();
        for (String candidate : all(before, current)) {
            if (candidate.startsWith(":") || candidate.startsWith(current)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private List<String> all(List<String> before, String current) {
        if (before.contains("--")) {
            return before.get(0).equals("run") ? List.of(PROGRAM) : List.of(FILES);
        }
        if (before.isEmpty()) {
            return current.startsWith("-") ? List.of("--version", Grammar.HELP) : Commands.TOP;
        }
        Optional<Group> group = Group.find(before.get(0));
        if (group.isPresent() && before.size() == 1) {
            return group.get().commands();
        }
        int own = group.isPresent() ? 2 : 1;
        String name = String.join(" ", before.subList(0, own));
        return Commands.find(name)
                .map(command -> ofCommand(command.grammar(), before.subList(own, before.size()), current))
                .orElse(List.of());
    }

    private List<String> ofCommand(CommandSpec grammar, List<String> before, String current) {
        Optional<ArgSpec> open = openOption(grammar, before);
        if (current.startsWith("-")) {
            List<String> options = new ArrayList<>();
            for (OptionSpec option : grammar.options()) {
                options.add(option.longestName());
            }
            return options;
        }
        if (open.isPresent()) {
            return values(open.get(), before);
        }
        return grammar.positionalParameters().isEmpty()
                ? List.of("--")
                : values(grammar.positionalParameters().get(0), before);
    }

    /** The option whose value is to come. */
    private static Optional<ArgSpec> openOption(CommandSpec grammar, List<String> before) {
        for (int index = before.size() - 1; index >= 0; index--) {
            if (before.get(index).startsWith("-")) {
                OptionSpec option = grammar.findOption(before.get(index));
                int given = before.size() - 1 - index;
                return option != null && given < option.arity().max() ? Optional.of(option) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private List<String> values(ArgSpec parameter, List<String> before) {
        return switch (parameter.paramLabel()) {
            case Grammar.SERVER ->
                names(paddock -> paddock.registry().all(), each -> each.record().name());
            case Grammar.SNAPSHOT -> names(paddock -> paddock.snapshots().list(), Snapshot::label);
            case Grammar.DATABASE -> databases(before);
            case Grammar.PATH, Grammar.DIR, Grammar.FILE -> List.of(FILES);
            case "COMMAND" -> Commands.TOP;
            case "SHELL" -> CompletionCommand.SHELLS;
            case "ENGINE" -> SpecOptions.ENGINES;
            case "WHEN" -> ContainerOptions.PULLS;
            case "VERSION" -> List.of("18", "17", "16", "15", "14", "system");
            case "ROLE" -> List.of("primary", "replica", "any");
            case ConnectionForm.LABEL -> List.of("uri", "jdbc", "env", "psql");
            default -> List.of();
        };
    }

    private List<String> databases(List<String> before) {
        try (Databases databases =
                Databases.on(DatabaseServer.find(before, session).connection())) {
            return databases.list().stream().map(Databases.Entry::name).toList();
        } catch (PaddockException nothingToOffer) {
            return List.of();
        }
    }

    private <T> List<String> names(Function<Paddock, List<T>> list, Function<T, String> name) {
        try (Paddock paddock = session.open()) {
            return list.apply(paddock).stream().map(name).toList();
        } catch (PaddockException nothingToOffer) {
            return List.of();
        }
    }
}
