package dev.paddock.cli;

import dev.paddock.stack.StackFile;
import picocli.CommandLine.Model.CommandSpec;

/** The JSON schema of {@code paddock.yaml}, for editors. */
final class ExportSchemaCommand implements Command {

    @Override
    public CommandSpec grammar() {
        return Grammar.of("schema", "export schema", "Prints the JSON schema of paddock.yaml, for editors.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        session.terminal().print(StackFile.schema().stripTrailing());
        return ExitCode.OK;
    }
}
