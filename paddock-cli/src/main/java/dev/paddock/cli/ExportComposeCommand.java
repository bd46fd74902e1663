package dev.paddock.cli;

import dev.paddock.stack.ComposeFile;
import dev.paddock.stack.StackFile;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** The same stack for Docker Compose. */
final class ExportComposeCommand implements Command {
    private static final String USUAL = "paddock.yaml";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "compose",
                        "export compose [--file paddock.yaml]",
                        "Prints a file for Docker Compose that gives the stack of a paddock.yaml without Paddock. Put it"
                                + " beside that.")
                .value(SpecOptions.FILE, Grammar.FILE, "What to write it from (default " + USUAL + ").")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        Path path = Path.of(given.value(SpecOptions.FILE).orElse(USUAL));
        ComposeFile compose = ComposeFile.of(StackFile.read(path, System.getenv()));
        session.terminal().print(compose.text().stripTrailing());
        compose.remarks().forEach(session.terminal()::tell);
        return ExitCode.OK;
    }
}
