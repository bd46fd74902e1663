package dev.paddock.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command to psql while its arguments are read, which end with the line, or at the backslash of the next command. What quotes,
 * backslashes and variables mean in arguments is up to psql's own rules. Not thread-safe.
 */
final class CommandLine {
    private static final int LONGEST_SHOWN = 200;

    private final ScriptSource source;
    private final ScriptText text;
    private final Interpolation interpolation;
    private final boolean active;
    private final long line;
    private final int start;
    private final String name;
    private boolean finished;

    private CommandLine(
            ScriptSource source, ScriptText text, Interpolation interpolation, Conditions conditions, long line)
            throws IOException {
        this.source = source;
        this.text = text;
        this.interpolation = interpolation;
        this.line = line;
        this.start = text.position() - 1 - text.mark();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int c = text.peek(); c >= 0 && !isSpace(c) && c != '\\'; c = text.peek()) {
            read.write(text.read());
        }
        this.name = decoded(read);
        this.active = name.equals("elif") ? conditions.isOpen() : conditions.areMet();
    }

    /**
     * Reads a command's name, after its backslash.
     *
     * @param conditions which tell whether it is to be followed
     * @param line where it is, from 1
     */
    static CommandLine read(
            ScriptSource source, ScriptText text, Interpolation interpolation, Conditions conditions, long line)
            throws IOException {
        return new CommandLine(source, text, interpolation, conditions, line);
    }

    /** Whether it is to be followed; of an {@code \elif} its condition alone. */
    boolean isActive() {
        return active;
    }

    /** Where it begins, relative to the text's mark. */
    int start() {
        return start;
    }

    /** Without the backslash. */
    String name() {
        return name;
    }

    /** From 1. */
    long line() {
        return line;
    }

    ScriptSource source() {
        return source;
    }

    /** Whether the next argument begins so. */
    boolean isNext(char first) throws IOException {
        skipSpace();
        return text.peek() == first;
    }

    /** The next argument, its quotes taken off; empty if there is none. */
    Optional<String> argument() throws IOException {
        return argument(false, false);
    }

    /** The next argument, without the semicolons that habit puts behind it. */
    Optional<String> argumentWithoutSemicolon() throws IOException {
        return argument(true, false);
    }

    /** The next argument, a name as SQL quotes it, without semicolons behind it; letters stay as they are. */
    Optional<String> sqlName() throws IOException {
        return argument(true, true);
    }

    /** All further arguments. */
    List<String> arguments() throws IOException {
        List<String> all = new ArrayList<>();
        for (Optional<String> next = argument(); next.isPresent(); next = argument()) {
            all.add(next.get());
        }
        return all;
    }

    /** What is left of the line, as it is written. */
    String restOfLine() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (int c = text.peek(); c >= 0 && c != '\n'; c = text.peek()) {
            rest.write(text.read());
        }
        finished = true;
        return decoded(rest).strip();
    }

    /** Consumes the arguments that nobody asked for, and the pair of backslashes that may end a command. */
    void finish() throws IOException {
        boolean more = !finished;
        while (more) {
            more = skipArgument();
        }
        if (!finished && text.peek() == '\\' && text.peekAt(1) == '\\') {
            text.skip(2);
        }
        finished = true;
    }

    private boolean skipArgument() throws IOException {
        skipSpace();
        int quote = 0;
        boolean any = false;
        for (int c = text.peek(); c >= 0 && c != '\n'; c = text.peek()) {
            if (quote == 0 && (isSpace(c) || c == '\\')) {
                return any;
            }
            text.skip(1);
            any = true;
            if (quote == '\'' && c == '\\' && text.peek() != '\n') {
                text.read();
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"' || c == '`')) {
                quote = c;
            }
        }
        return any;
    }

    private void skipSpace() throws IOException {
        for (int c = text.peek(); c != '\n' && isSpace(c); c = text.peek()) {
            text.skip(1);
        }
    }

    private Optional<String> argument(boolean dropSemicolons, boolean sqlName) throws IOException {
        skipSpace();
        ByteArrayOutputStream into = new ByteArrayOutputStream();
        boolean quoted = false;
        int plainEnd = 0;
        for (int c = text.peek(); c >= 0 && !isSpace(c) && c != '\\'; c = text.peek()) {
            text.skip(1);
            switch (c) {
                case '\'' -> singleQuoted(into);
                case '"' -> doubleQuoted(into, sqlName);
                case '`' -> throw refused("runs a program", null);
                default -> {
                    Optional<Interpolation.Found> found =
                            c == ':' && active ? interpolation.after(text) : Optional.empty();
                    if (found.isEmpty()) {
                        into.write(c);
                        continue;
                    }
                    text.skip(found.get().length());
                    String value = found.get().value();
                    into.writeBytes(interpolation.encoded(sqlName ? name(value) : value));
                }
            }
            quoted = true;
            plainEnd = into.size();
        }
        String argument = decoded(into);
        if (dropSemicolons) {
            int least = new String(into.toByteArray(), 0, plainEnd, interpolation.charset()).length();
            while (argument.length() > least && argument.endsWith(";")) {
                argument = argument.substring(0, argument.length() - 1);
            }
        }
        return argument.isEmpty() && !quoted ? Optional.empty() : Optional.of(argument);
    }

    /** What a quoted name means; of a name alone the quotes are part. */
    private static String name(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\"\"", "\"") : value;
    }

    private void singleQuoted(ByteArrayOutputStream into) throws IOException {
        while (true) {
            int c = quotedByte();
            if (c == '\'') {
                if (text.peek() != '\'') {
                    return;
                }
                text.skip(1);
                into.write('\'');
            } else if (c == '\\') {
                escaped(into);
            } else {
                into.write(c);
            }
        }
    }

    private void escaped(ByteArrayOutputStream into) throws IOException {
        int c = quotedByte();
        switch (c) {
            case 'n' -> into.write('\n');
            case 't' -> into.write('\t');
            case 'b' -> into.write('\b');
            case 'r' -> into.write('\r');
            case 'f' -> into.write('\f');
            case '0', '1', '2', '3', '4', '5', '6', '7' -> into.write(number(c - '0', 8, 2));
            case 'x' -> {
                int digit = Character.digit(text.peek(), 16);
                into.write(digit < 0 ? 'x' : number(0, 16, 2));
            }
            default -> into.write(c);
        }
    }

    /** Goes on with a number of which a digit was read, for at most so many further digits. */
    private int number(int begun, int radix, int most) throws IOException {
        int value = begun;
        for (int i = 0; i < most && Character.digit(text.peek(), radix) >= 0; i++) {
            value = value * radix + Character.digit(text.read(), radix);
        }
        return value;
    }

    /** psql leaves the quotes where it doesn't want a name. */
    private void doubleQuoted(ByteArrayOutputStream into, boolean sqlName) throws IOException {
        if (!sqlName) {
            into.write('"');
        }
        while (true) {
            int c = quotedByte();
            if (c == '"') {
                if (!sqlName) {
                    into.write('"');
                    return;
                }
                if (text.peek() != '"') {
                    return;
                }
                text.skip(1);
            }
            into.write(c);
        }
    }

    private int quotedByte() throws IOException {
        int c = text.peek();
        if (c < 0 || c == '\n') {
            throw refused("the line ends within quotes", "close them on the same line");
        }
        return text.read();
    }

    private String decoded(ByteArrayOutputStream bytes) {
        return bytes.toString(interpolation.charset());
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    /** The command as it is written. */
    String shown() throws IOException {
        int ahead = 0;
        while (ahead < LONGEST_SHOWN && text.peekAt(ahead) >= 0 && text.peekAt(ahead) != '\n') {
            ahead++;
        }
        int end = text.position() + ahead;
        int from = text.mark() + start;
        return new String(text.bytes(), from, Math.min(LONGEST_SHOWN, end - from), interpolation.charset()).strip();
    }

    /** That it can't be followed; without a hint, that psql itself can. */
    ScriptException refused(String why, @Nullable String hint) throws IOException {
        return new ScriptException(
                source.file(), source.hasLines() ? line : 0, shown(), why, hint == null ? source.byPsql() : hint);
    }

    /** That it failed. */
    ScriptException failed(String why, @Nullable String hint, Throwable cause) throws IOException {
        return new ScriptException(source.file(), source.hasLines() ? line : 0, shown(), why, hint, cause);
    }
}
