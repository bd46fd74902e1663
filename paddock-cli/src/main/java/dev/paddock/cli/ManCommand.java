package dev.paddock.cli;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the pages of the manual. Used where Paddock is packed for others. */
final class ManCommand implements Command {
    static final String NAME = ".man";

    @Override
    public CommandSpec grammar() {
        return Grammar.of(NAME, NAME + " DIR", "Writes the pages of the manual to a folder.")
                .operands("1", Grammar.DIR, "The folder.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        Path folder = Path.of(given.operand().orElseThrow());
        try {
            for (ManPage page : ManPage.all()) {
                Files.writeString(folder.resolve(page.title() + ".1"), page.text());
            }
            return ExitCode.OK;
        } catch (IOException failure) {
            throw new PaddockException("can't write to " + folder + ": " + failure.getMessage(), failure);
        }
    }
}
