package dev.paddock.cli;

import dev.paddock.cli.child.ProgramNotRunnableException;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

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
            return fail(failure, failure.hint(Vocabulary.COMMAND_LINE), failure.exitCode(), debug);
        } catch (InvalidSpecException | UnknownCommandException wrong) {
            return fail(wrong, wrong.hint(Vocabulary.COMMAND_LINE), ExitCode.USAGE, debug);
        } catch (ParameterException wrong) {
            return fail(wrong, Optional.of(advice(wrong)), ExitCode.USAGE, debug);
        } catch (PaddockException failure) {
            return fail(failure, failure.hint(Vocabulary.COMMAND_LINE), ExitCode.FAILURE, debug);
        } catch (RuntimeException | Error bug) {
            session.terminal()
                    .fail(
                            "this is a bug: " + bug,
                            Optional.of("please report it, with what the same command prints with --debug"));
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
            case Grammar.HELP, "-h" -> {
                HelpCommand.show(Commands.tree(), session.terminal());
                return ExitCode.OK;
            }
            default -> {
                Optional<Group> group = Group.find(own.get(0));
                return group.isPresent()
                        ? call(group.get(), own.subList(1, own.size()), rest)
                        : call("", Commands.TOP, own, rest);
            }
        }
    }

    private int call(Group group, List<String> own, List<String> rest) {
        if (own.isEmpty()) {
            throw new InvalidSpecException(
                    "what is to be done with " + group.things() + "?", "see: paddock help " + group.name());
        }
        if (own.get(0).equals(Grammar.HELP) || own.get(0).equals("-h")) {
            HelpCommand.show(group.tree(), session.terminal());
            return ExitCode.OK;
        }
        return call(group.prefix(), group.commands(), own, rest);
    }

    private int call(String group, List<String> names, List<String> own, List<String> rest) {
        String name = own.get(0);
        Optional<Command> command = Commands.find(group + name);
        if (command.isEmpty()) {
            throw new UnknownCommandException(group, name, names);
        }
        CommandSpec grammar = command.get().grammar();
        if (own.contains(Grammar.HELP) || own.contains("-h")) {
            HelpCommand.show(grammar, session.terminal());
            return ExitCode.OK;
        }
        String[] options = own.subList(1, own.size()).toArray(new String[0]);
        ParseResult parsed = new CommandLine(grammar).parseArgs(options);
        if (!rest.isEmpty() && !command.get().takesRest()) {
            throw new InvalidSpecException(
                    "paddock " + group.replace('.', ' ') + name + " takes nothing after --", synopsis(grammar));
        }
        return command.get().run(new Arguments(parsed, rest), session);
    }

    private static String advice(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            List<String> similar = unmatched.getSuggestions();
            if (!similar.isEmpty()) {
                return "did you mean " + String.join(" or ", similar) + "?";
            }
        }
        return synopsis(wrong.getCommandLine().getCommandSpec());
    }

    private static String synopsis(CommandSpec grammar) {
        return "it is written: " + grammar.usageMessage().customSynopsis()[0];
    }

    private static String message(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            List<String> words = unmatched.getUnmatched();
            return "'" + String.join(" ", words) + "' is more than this command takes";
        }
        String message = String.valueOf(wrong.getMessage());
        return message.length() > 1 ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
    }

    private int fail(RuntimeException failure, Optional<String> hint, int code, boolean debug) {
        String message =
                failure instanceof ParameterException wrong ? message(wrong) : String.valueOf(failure.getMessage());
        session.terminal().fail(message, hint);
        return trace(failure, code, debug);
    }

    private int trace(Throwable failure, int code, boolean debug) {
        if (debug) {
            session.terminal().trace(failure);
        }
        return code;
    }
}
