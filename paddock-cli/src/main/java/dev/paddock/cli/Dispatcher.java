package dev.paddock.cli;

import dev.paddock.cli.child.ProgramNotRunnableException;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.util.List;
import java.util.Optional;

/** From what was typed to the command that does it, and from its failure to words and an exit code. */
final class Dispatcher {
    private static final String REST = "--";

    private final Session session;

    Dispatcher(Session session) {
        this.session = session;
    }

    /** Returns the exit code; throws nothing. */
    int run(List<String> args) {
        int end = args.indexOf(REST);
        List<String> own = end < 0 ? args : args.subList(0, end);
        List<String> rest = end < 0 ? List.of() : args.subList(end + 1, args.size());
        boolean debug = own.contains(Grammar.DEBUG);
        try {
            return dispatch(debug && own.get(0).equals(Grammar.DEBUG) ? own.subList(1, own.size()) : own, rest);
        } catch (ProgramNotRunnableException failure) {
            return fail(failure, failure.exitCode(), debug);
        } catch (InvalidSpecException | UnknownCommandException wrong) {
            return fail(wrong, ExitCode.USAGE, debug);
        } catch (PaddockException failure) {
            return fail(failure, ExitCode.FAILURE, debug);
        } catch (RuntimeException | Error bug) {
            session.terminal().fail("this is a bug: " + bug, Optional.of("--debug shows where it comes from"));
            return trace(bug, ExitCode.FAILURE, debug);
        }
    }

    private int dispatch(List<String> own, List<String> rest) {
        if (own.isEmpty()) {
            throw new InvalidSpecException("what is to be done?", "see: paddock help");
        }
        switch (own.get(0)) {
            case "--version", "-V" -> {
                session.terminal().print("paddock " + Version.OF_PADDOCK);
                return ExitCode.OK;
            }
            case Grammar.HELP, Grammar.HELP_LETTER -> {
                HelpCommand.show("", session);
                return ExitCode.OK;
            }
            case Commands.SNAPSHOT -> {
                return snapshot(own.subList(1, own.size()), rest);
            }
            default -> {
                return call("", Commands.TOP, own, rest);
            }
        }
    }

    private int snapshot(List<String> own, List<String> rest) {
        if (own.isEmpty()) {
            throw new InvalidSpecException("what is to be done with snapshots?", "see: paddock help snapshot");
        }
        if (asksForHelp(own.subList(0, 1))) {
            HelpCommand.show(Commands.SNAPSHOT, session);
            return ExitCode.OK;
        }
        return call(Commands.SNAPSHOT + " ", Commands.OF_SNAPSHOT, own, rest);
    }

    private int call(String group, List<String> names, List<String> own, List<String> rest) {
        String name = own.get(0);
        Optional<Command> command = Commands.find(group + name);
        if (command.isEmpty()) {
            throw new UnknownCommandException(group, name, names);
        }
        if (asksForHelp(own)) {
            HelpCommand.show(group + name, session);
            return ExitCode.OK;
        }
        Arguments given = new ArgumentParser(command.get().grammar(), own.subList(1, own.size())).parse(rest);
        return command.get().run(given, session);
    }

    private static boolean asksForHelp(List<String> words) {
        return words.contains(Grammar.HELP) || words.contains(Grammar.HELP_LETTER);
    }

    private int fail(PaddockException failure, int code, boolean debug) {
        session.terminal().fail(String.valueOf(failure.getMessage()), failure.hint());
        return trace(failure, code, debug);
    }

    private int trace(Throwable failure, int code, boolean debug) {
        if (debug) {
            session.terminal().trace(failure);
        }
        return code;
    }
}
