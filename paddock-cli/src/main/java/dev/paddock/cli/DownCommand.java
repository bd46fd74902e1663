package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Stops standing servers: as many as it can, whatever becomes of the others. */
final class DownCommand implements Command {
    private static final String ALL = "--all";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "down",
                        "down NAME… | --all",
                        "Stops servers and removes them, those that have failed too. Data on disk stays.")
                .operands("0..*", Grammar.SERVER, "The servers to stop.")
                .flag(ALL, "Stop all that run, and remove those that have failed.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        if (given.has(ALL) == !given.operands().isEmpty()) {
            throw new InvalidSpecException("name the servers to stop, or say --all", "see what runs with: paddock ls");
        }
        try (Paddock paddock = session.open()) {
            Set<String> names = new LinkedHashSet<>(given.has(ALL) ? known(paddock) : given.operands());
            int code = ExitCode.OK;
            for (String name : names) {
                try {
                    boolean failed = paddock.registry().known(name).hasFailed();
                    paddock.down(name);
                    session.terminal().tell(failed ? "removed " + name + ", which had failed" : "stopped " + name);
                } catch (PaddockException failure) {
                    session.terminal()
                            .fail(String.valueOf(failure.getMessage()), failure.hint(Vocabulary.COMMAND_LINE));
                    code = failure instanceof InvalidSpecException ? ExitCode.USAGE : ExitCode.FAILURE;
                }
            }
            return code;
        }
    }

    private static List<String> known(Paddock paddock) {
        List<String> names = new ArrayList<>(paddock.registry().all().stream()
                .map(each -> each.record().name())
                .toList());
        // Told one by one, as those that can't be stopped.
        paddock.registry().damaged().forEach(each -> names.add(each.name()));
        return names;
    }
}
