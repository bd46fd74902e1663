package dev.paddock.cli;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** A script that teaches a shell to complete. It asks {@link CompleteCommand}, so it never ages. */
final class CompletionCommand implements Command {
    static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "completion",
                        "completion bash|zsh|fish",
                        "Prints a completion script. bash: eval \"$(paddock completion bash)\"; zsh: the same after compinit;"
                                + " fish: paddock completion fish | source")
                .operands("1", "SHELL", "bash, zsh or fish.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        String shell = given.operand().orElseThrow();
        if (!SHELLS.contains(shell)) {
            throw new InvalidSpecException("there is no completion for '" + shell + "'", "choose bash, zsh or fish");
        }
        try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
            if (script == null) {
                throw new PaddockException("the completion script for " + shell + " isn't part of this build");
            }
            session.terminal()
                    .print(new String(script.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("@COMPLETE@", CompleteCommand.NAME)
                            .stripTrailing());
            return ExitCode.OK;
        } catch (IOException failure) {
            throw new PaddockException("can't read the completion script: " + failure.getMessage(), failure);
        }
    }
}
