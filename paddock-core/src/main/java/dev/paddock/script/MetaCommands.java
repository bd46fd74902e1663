package dev.paddock.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Does what lines for psql say, as far as dumps and common scripts go: connecting, including, the encoding; lets pass what only
 * changes how psql shows things; refuses the rest, since a script that runs psql's variables or shell commands means something
 * else without them.
 */
final class MetaCommands {
    private static final Set<String> ONLY_FOR_SHOW = Set.of(
            "pset", "timing", "t", "a", "x", "H", "f", "C", "T", "q", "quit", "errverbose", "conninfo", "p", "print");
    private static final Set<String> HARMLESS_VARIABLES = Set.of(
            "ON_ERROR_STOP",
            "ECHO",
            "ECHO_HIDDEN",
            "QUIET",
            "VERBOSITY",
            "SHOW_CONTEXT",
            "HISTFILE",
            "HISTSIZE",
            "HISTCONTROL",
            "IGNOREEOF",
            "FETCH_COUNT",
            "PROMPT1",
            "PROMPT2",
            "PROMPT3",
            "COMP_KEYWORD_CASE",
            "HIDE_TABLEAM",
            "HIDE_TOAST_COMPRESSION",
            "SHOW_ALL_RESULTS",
            "WATCH_INTERVAL");
    private static final int DEEPEST_INCLUDE = 32;

    private final ScriptSource source;
    private final ScriptSession session;
    private final int depth;

    MetaCommands(ScriptSource source, ScriptSession session, int depth) {
        this.source = source;
        this.session = session;
        this.depth = depth;
    }

    /** @return whether the script goes on after it */
    boolean run(MetaCommand command, long line) throws IOException {
        if (!session.restriction().isEmpty()
                && !(command.name().equals("unrestrict") && command.word(0).equals(session.restriction()))) {
            throw refused(
                    line, command, "\\restrict forbids commands to psql until \\unrestrict with the same key", "");
        }
        switch (command.name()) {
            case "c", "connect" -> connect(command, line);
            case "restrict" -> session.restrict(command.word(0));
            case "unrestrict" -> session.restrict("");
            case "encoding" ->
                session.connection()
                        .execute("SET client_encoding = '" + command.word(0).replace("'", "''") + "'");
            case "echo", "qecho", "warn" -> session.listener().echoed(String.join(" ", command.words()));
            case "i", "include" -> include(command, line, Path.of(command.word(0)));
            case "ir", "include_relative" -> include(command, line, sibling(command.word(0)));
            case "set", "unset" -> set(command, line);
            default -> {
                if (!ONLY_FOR_SHOW.contains(command.name())) {
                    throw refused(line, command, "a command to psql that can't be followed here", "remove it");
                }
            }
        }
        return !command.name().equals("q") && !command.name().equals("quit");
    }

    private void connect(MetaCommand command, long line) {
        int first = command.word(0).startsWith("-reuse-previous") ? 1 : 0;
        String where = command.word(first);
        if (where.contains("://") || isElsewhere(command, first + 1)) {
            throw refused(line, command, "connects as another user or to another server", "leave only the database");
        }
        if (where.contains("=")) {
            where = MetaCommand.connectionParameter(where, "dbname");
        }
        boolean same = where.isEmpty() || where.equals("-");
        session.reconnect(same ? session.database() : where);
    }

    private static boolean isElsewhere(MetaCommand command, int from) {
        for (int i = from; i < command.words().size(); i++) {
            if (!command.word(i).equals("-")) {
                return true;
            }
        }
        return false;
    }

    private void include(MetaCommand command, long line, Path wanted) throws IOException {
        Path file = Files.exists(wanted) ? wanted : sibling(command.word(0));
        if (command.word(0).isEmpty() || !Files.isRegularFile(file)) {
            throw refused(line, command, "includes a file that isn't there", "check the path");
        }
        if (depth == DEEPEST_INCLUDE) {
            throw refused(line, command, "includes files " + DEEPEST_INCLUDE + " deep", "does it include itself?");
        }
        try (ScriptSource included = ScriptSource.include(file)) {
            ScriptRun.of(included, session, depth + 1).toEnd();
        }
    }

    private Path sibling(String name) {
        return source.file().resolveSibling(name);
    }

    private void set(MetaCommand command, long line) {
        String name = command.word(0);
        String value = command.word(1);
        boolean usual = (name.equals("AUTOCOMMIT") && !value.equals("off"))
                || (name.equals("ON_ERROR_ROLLBACK") && value.equals("off"));
        if (!usual && !HARMLESS_VARIABLES.contains(name)) {
            throw refused(line, command, "psql's variables aren't known here", "put the value where it is used");
        }
    }

    private ScriptException refused(long line, MetaCommand command, String why, String hint) {
        String shown = ("\\" + command.name() + " " + String.join(" ", command.words())).strip();
        return new ScriptException(
                source.file(), source.hasLines() ? line : 0, shown, why, hint.isEmpty() ? null : hint);
    }
}
