package dev.paddock.cli;

import dev.paddock.model.InvalidSpecException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what was typed by a command's grammar. Used once. */
final class ArgumentParser {
    private static final int LETTER = 2;

    private final Grammar grammar;
    private final List<String> words;
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> operands = new ArrayList<>();
    private int next;

    ArgumentParser(Grammar grammar, List<String> words) {
        this.grammar = grammar;
        this.words = words;
    }

    /** @throws InvalidSpecException if they don't fit the grammar */
    Arguments parse(List<String> rest) {
        while (next < words.size()) {
            String word = words.get(next++);
            if (isOption(word)) {
                option(word);
            } else {
                operands.add(word);
            }
        }
        int most = grammar.operands().map(Grammar.Operands::most).orElse(0);
        if (operands.size() > most) {
            throw wrong("'" + operands.get(most) + "' is one word too many");
        }
        if (operands.size() < grammar.operands().map(Grammar.Operands::least).orElse(0)) {
            throw wrong(grammar.operands().orElseThrow().label() + " is missing");
        }
        return new Arguments(options, operands, rest);
    }

    private void option(String word) {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        boolean isLetterWithValue = !word.startsWith("--") && word.length() > LETTER;
        String name = equals > 0 ? word.substring(0, equals) : isLetterWithValue ? word.substring(0, LETTER) : word;
        Option option = grammar.find(name).orElseThrow(() -> unknown(word, name));
        if (options.containsKey(option.name()) && option.repetition() == Option.Repetition.ONCE) {
            throw wrong(name + " is given twice");
        }
        List<String> values = options.computeIfAbsent(option.name(), first -> new ArrayList<>());
        if (equals > 0 || isLetterWithValue) {
            if (option.isFlag()) {
                throw wrong(name + " takes no value");
            }
            values.add(word.substring(equals > 0 ? equals + 1 : LETTER));
        } else if (!option.isFlag()) {
            take(option, values);
        }
    }

    private void take(Option option, List<String> values) {
        if (next == words.size() || isOption(words.get(next))) {
            throw wrong(option.name() + " needs a value: " + option.label());
        }
        do {
            values.add(words.get(next++));
        } while (option.repetition() == Option.Repetition.MANY && next < words.size() && !isOption(words.get(next)));
    }

    /** A dash alone is a word like any other. */
    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-';
    }

    private InvalidSpecException unknown(String word, String name) {
        List<String> names = new ArrayList<>();
        grammar.options().forEach(option -> names.add(option.name()));
        return Similar.to(name, names)
                .map(similar -> new InvalidSpecException("there is no option " + word, "did you mean " + similar + "?"))
                .orElseGet(() -> wrong("there is no option " + word));
    }

    private InvalidSpecException wrong(String message) {
        return new InvalidSpecException(message, "it is written: paddock " + grammar.synopsis());
    }
}
