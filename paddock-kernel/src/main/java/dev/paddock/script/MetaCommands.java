package dev.paddock.script;

import dev.paddock.home.UserHome;
import dev.paddock.wire.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Does what commands to psql say, with psql's own meaning; lets pass what only shows something to people, for nothing is shown here.
 * Refuses what runs programs, writes files or asks somebody: a script may come from others, and has no business outside of the
 * server.
 */
final class MetaCommands {
    private static final Set<String> ONLY_FOR_SHOW = Set.of(
            "a",
            "C",
            "conninfo",
            "copyright",
            "dn",
            "errverbose",
            "f",
            "h",
            "H",
            "help",
            "html",
            "l",
            "l+",
            "list",
            "lo_list",
            "p",
            "print",
            "pset",
            "setenv",
            "sf",
            "sf+",
            "sv",
            "sv+",
            "t",
            "T",
            "timing",
            "x",
            "z",
            "z+",
            "?");
    private static final Pattern DESCRIBES = Pattern.compile(
            "d(|a|A[cfop]?|b|c|C|config|d|D|des|det|deu|dew|e[suwt]|E|f[antpw]*|F[dpt]?|g|i|l|L|m|n|o|O|p|P[tin]*|rds|rg|Rp|Rs|s|t|T|u"
                    + "|v|x|X|y|[tvmsiE]+)[S+x]*");
    /** Those that take the line as it is written, and would trip over quotes that mean nothing to them. */
    private static final Set<String> OF_WHOLE_LINES =
            Set.of("copy", "!", "h", "help", "sf", "sf+", "sv", "sv+", "ef", "ev");

    private static final int DEEPEST_INCLUDE = 32;

    private final ScriptSource source;
    private final ScriptSession session;
    private final Conditions conditions;
    private final StatementRunner runner;
    private final int depth;

    MetaCommands(ScriptSource source, ScriptSession session, Conditions conditions, StatementRunner runner, int depth) {
        this.source = source;
        this.session = session;
        this.conditions = conditions;
        this.runner = runner;
        this.depth = depth;
    }

    /**
     * Does what a command says.
     *
     * @param before how much of a statement stands before it
     */
    Next run(CommandLine command, int before) throws IOException {
        Next next = new Next.GoOn();
        if (isBranch(command.name())) {
            branch(command, before);
        } else if (conditions.areMet()) {
            requireUnrestricted(command);
            next = obey(command, before);
        } else if (OF_WHOLE_LINES.contains(command.name())) {
            command.restOfLine();
        }
        command.finish();
        return next;
    }

    private static boolean isBranch(String name) {
        return switch (name) {
            case "if", "elif", "else", "endif" -> true;
            default -> false;
        };
    }

    private void branch(CommandLine command, int before) throws IOException {
        // What isn't followed must not be evaluated.
        boolean holds = command.isActive()
                && (command.name().equals("if") || command.name().equals("elif"))
                && holds(command);
        command.finish();
        String why = switch (command.name()) {
            case "if" -> {
                conditions.begin(holds, before);
                yield "";
            }
            case "elif" -> conditions.otherwiseIf(holds, before);
            case "else" -> conditions.otherwise(before);
            default -> conditions.end();
        };
        if (!why.isEmpty()) {
            throw command.refused(why, "look at the \\if before it");
        }
    }

    private boolean holds(CommandLine command) throws IOException {
        String words = String.join(" ", command.arguments());
        Optional<Boolean> answer = Variables.isTrue(words);
        if (answer.isEmpty()) {
            session.note(source.file() + ": \\" + command.name() + " takes \"" + words
                    + "\" for false, as psql does: it is neither true nor false");
        }
        return answer.orElse(false);
    }

    private void requireUnrestricted(CommandLine command) throws IOException {
        if (!session.restriction().isEmpty() && !command.name().equals("unrestrict")) {
            throw command.refused("\\restrict forbids commands to psql until \\unrestrict with the same key", "");
        }
    }

    private Next obey(CommandLine command, int before) throws IOException {
        switch (command.name()) {
            case "c", "connect" -> new Connect(session).run(command);
            case "restrict" -> session.restrict(command.argument().orElse(""));
            case "unrestrict" -> unrestrict(command);
            case "encoding" -> encoding(command);
            case "echo", "qecho", "warn" -> session.listener().echoed(echoed(command));
            case "i", "include" -> include(command, false);
            case "ir", "include_relative" -> include(command, true);
            case "cd" -> cd(command);
            case "set" -> set(command);
            case "unset" -> command.argument().ifPresent(session.variables()::unset);
            case "copy" -> copy(command, before);
            case "o", "out" -> output(command);
            case "g", "gx" -> {
                skipFormat(command);
                output(command);
                return new Next.Send(runner::run);
            }
            case "crosstabview" -> {
                command.arguments();
                return new Next.Send(runner::run);
            }
            case "gset" -> {
                String prefix = command.argument().orElse("");
                return new Next.Send(
                        statement -> Answers.intoVariables(runner.ask(statement), prefix, session, command));
            }
            case "gexec" -> {
                return new Next.Send(
                        statement -> Answers.carryOut(runner.ask(statement), session, runner, statement.line()));
            }
            case "gdesc", "r", "reset" -> {
                return new Next.Forget();
            }
            case "q", "quit" -> {
                return new Next.Quit();
            }
            default -> onlyShow(command);
        }
        return new Next.GoOn();
    }

    private void onlyShow(CommandLine command) throws IOException {
        String name = command.name();
        boolean toFile = (name.equals("s") && command.argument().isPresent());
        if (OF_WHOLE_LINES.contains(name) && ONLY_FOR_SHOW.contains(name)) {
            command.restOfLine();
        }
        if (toFile
                || !(ONLY_FOR_SHOW.contains(name)
                        || name.equals("s")
                        || DESCRIBES.matcher(name).matches())) {
            throw command.refused(Refusals.why(name), null);
        }
    }

    private void unrestrict(CommandLine command) throws IOException {
        if (!command.argument().orElse("").equals(session.restriction())) {
            throw command.refused("this isn't the key that \\restrict was given", "");
        }
        session.restrict("");
    }

    private void encoding(CommandLine command) throws IOException {
        Optional<String> wanted = command.argumentWithoutSemicolon();
        if (wanted.isPresent()) {
            session.connection().execute("SET client_encoding = " + Quoted.literal(wanted.get()));
            session.tellEncoding();
        }
    }

    private static String echoed(CommandLine command) throws IOException {
        List<String> words = new ArrayList<>(command.arguments());
        if (!words.isEmpty() && words.get(0).equals("-n")) {
            words.remove(0);
        }
        return String.join(" ", words);
    }

    private void set(CommandLine command) throws IOException {
        Optional<String> name = command.argument();
        String value = String.join("", command.arguments());
        if (name.isEmpty()) {
            return;
        }
        try {
            session.variables().set(name.get(), value);
        } catch (IllegalArgumentException impossible) {
            throw command.refused(String.valueOf(impossible.getMessage()), null);
        }
    }

    private void cd(CommandLine command) throws IOException {
        String name = command.argumentWithoutSemicolon()
                .orElseGet(() -> UserHome.of(System.getenv()).toString());
        Path fromHere = session.folder().resolve(name);
        Path folder = Files.isDirectory(fromHere) ? fromHere : source.file().resolveSibling(name);
        if (!Files.isDirectory(folder)) {
            throw command.refused("there is no such folder: " + folder, "check the path");
        }
        session.move(folder);
    }

    private void include(CommandLine command, boolean besideScript) throws IOException {
        String name = command.argumentWithoutSemicolon().orElse("");
        Path file = NamedFile.find(command, name, session, besideScript);
        if (depth == DEEPEST_INCLUDE) {
            throw command.refused("includes files " + DEEPEST_INCLUDE + " deep", "does it include itself?");
        }
        command.finish();
        try (ScriptSource included = ScriptSource.include(file)) {
            ScriptRun.of(included, session, depth + 1).toEnd();
        }
    }

    private void copy(CommandLine command, int before) throws IOException {
        ClientCopy copy = ClientCopy.parse(command.restOfLine());
        switch (copy.kind()) {
            case PROGRAM -> throw command.refused("runs a program", null);
            case TO_FILE -> throw command.refused("writes a file", null);
            case FROM_TERMINAL -> throw command.refused("reads what psql itself is given", null);
            case MALFORMED -> throw command.refused("says neither FROM nor TO what", "see psql's \\copy");
            case FROM_SCRIPT -> {
                if (before > 0) {
                    throw command.refused("takes data from the script within a statement", "end that with a semicolon");
                }
                runner.run(statement(copy, command));
            }
            case TO_NOBODY -> runner.run(statement(copy, command));
            case FROM_FILE ->
                runner.copyFile(
                        statement(copy, command), NamedFile.find(command, copy.file(), session, false), command);
        }
    }

    private Statement statement(ClientCopy copy, CommandLine command) {
        return Statement.of(
                copy.statement(), command.line(), session.connection().charset());
    }

    /** Of {@code \g (format=csv title='x') file} what is in parentheses. */
    private static void skipFormat(CommandLine command) throws IOException {
        if (command.isNext('(')) {
            Optional<String> word = command.argument();
            while (word.isPresent() && !word.get().endsWith(")")) {
                word = command.argument();
            }
        }
    }

    /** Nothing is shown here, so nothing is written elsewhere either; who reads it later must not get what an earlier run wrote. */
    private void output(CommandLine command) throws IOException {
        if (command.isNext('|')) {
            throw command.refused("runs a program", null);
        }
        command.argumentWithoutSemicolon().ifPresent(session::leaveUnwritten);
    }
}
