package dev.paddock.script;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds {@code :name}, {@code :'name'}, {@code :"name"} and {@code :{?name}} in a text, and what stands for them. */
final class Interpolation {
    private final Variables variables;
    private final Supplier<Charset> charset;
    private final PutOff putOff;

    /** @param charset what the script is in, as the session's settings say */
    Interpolation(Variables variables, Supplier<Charset> charset) {
        this(variables, charset, () -> {});
    }

    /** @param putOff is carried out before it is read how the last statement went */
    Interpolation(Variables variables, Supplier<Charset> charset, PutOff putOff) {
        this.variables = variables;
        this.charset = charset;
        this.putOff = putOff;
    }

    /** Statements that are yet to be carried out. */
    interface PutOff {
        void finish() throws IOException;
    }

    /**
     * What stands for a variable.
     *
     * @param length how many bytes name it, its colon left out
     * @param again whether it is read as if it were the script's own text, or is whole as it is
     */
    record Found(String name, int length, String value, boolean again) {}

    Charset charset() {
        return charset.get();
    }

    byte[] encoded(String value) {
        return value.getBytes(charset.get());
    }

    /** Looks at what follows a colon; empty if it names no variable, or one that isn't set. */
    Optional<Found> after(ScriptText text) throws IOException {
        int first = text.peek();
        return switch (first) {
            case '\'' -> named(text, 1, "'").map(name -> quoted(name, literal(name.value)));
            case '"' -> named(text, 1, "\"").map(name -> quoted(name, identifier(name.value)));
            case '{' -> text.peekAt(1) == '?' ? name(text, 2, "}").map(this::tested) : Optional.empty();
            default -> isNamePart(first) ? named(text, 0, "") : Optional.empty();
        };
    }

    private static Found quoted(Found plain, String value) {
        return new Found(plain.name, plain.length, value, false);
    }

    private Found tested(Name name) {
        return new Found(name.text, name.length, variables.get(name.text).isPresent() ? "TRUE" : "FALSE", false);
    }

    private Optional<Found> named(ScriptText text, int before, String end) throws IOException {
        Optional<Name> name = name(text, before, end);
        if (name.isPresent() && Variables.OF_THE_LAST_STATEMENT.contains(name.get().text)) {
            putOff.finish();
        }
        return name.flatMap(
                each -> variables.get(each.text).map(value -> new Found(each.text, each.length, value, true)));
    }

    private record Name(String text, int length) {}

    private Optional<Name> name(ScriptText text, int from, String end) throws IOException {
        int length = 0;
        while (isNamePart(text.peekAt(from + length))) {
            length++;
        }
        if (length == 0 || (!end.isEmpty() && text.peekAt(from + length) != end.charAt(0))) {
            return Optional.empty();
        }
        String name = new String(text.bytes(), text.position() + from, length, charset.get());
        return Optional.of(new Name(name, from + length + end.length()));
    }

    private static boolean isNamePart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
    }

    private static String literal(String value) {
        String doubled = value.replace("'", "''");
        // As libpq does, so that it means the same whatever standard_conforming_strings says.
        return value.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }

    private static String identifier(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
