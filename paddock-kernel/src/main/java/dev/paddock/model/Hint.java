package dev.paddock.model;

import java.util.List;
import java.util.Optional;

/**
 * What a user can do about a failure. It names what can be said by {@link Term}s, so that each interface gives the advice in its own
 * words: an option, an attribute, a method.
 *
 * @param text one sentence without a full stop; each {@code {}} stands for a term
 * @param terms in the order of the text
 * @param value what the terms are to be given, if the advice goes so far
 * @param otherwise what to do where one of the terms can't be said
 */
public record Hint(String text, List<Term> terms, Optional<String> value, Optional<String> otherwise) {
    private static final String PLACE = "{}";

    public Hint {
        terms = List.copyOf(terms);
    }

    /** The same advice for everybody. */
    public static Hint of(String text) {
        return new Hint(text, List.of(), Optional.empty(), Optional.empty());
    }

    /** Advice that names terms; nothing where one of them can't be said. */
    public static Hint naming(String text, Term... terms) {
        return new Hint(text, List.of(terms), Optional.empty(), Optional.empty());
    }

    /** Advice to give a value to what the term stands for. */
    public static Hint giving(String text, Term term, String value) {
        return new Hint(text, List.of(term), Optional.of(value), Optional.empty());
    }

    /** With this advice where one of the terms can't be said. */
    public Hint or(String other) {
        return new Hint(text, terms, value, Optional.of(other));
    }

    /** In the words of this vocabulary, if there is something that its users can do. */
    public Optional<String> in(Vocabulary vocabulary) {
        StringBuilder said = new StringBuilder();
        int from = 0;
        for (Term term : terms) {
            Optional<String> word = term.in(vocabulary);
            if (word.isEmpty()) {
                return otherwise;
            }
            int place = text.indexOf(PLACE, from);
            said.append(text, from, place)
                    .append(value.map(given -> vocabulary.giving(word.get(), given))
                            .orElse(word.get()));
            from = place + PLACE.length();
        }
        return Optional.of(said.append(text.substring(from)).toString());
    }
}
