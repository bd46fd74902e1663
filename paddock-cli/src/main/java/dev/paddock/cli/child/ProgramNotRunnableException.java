package dev.paddock.cli.child;

import dev.paddock.model.PaddockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command that was to be run can't be. Carries the exit code that a shell would give. */
public final class ProgramNotRunnableException extends PaddockException {
    private static final long serialVersionUID = 1;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private final int exitCode;

    private ProgramNotRunnableException(String message, String hint, int exitCode) {
        super(message, hint);
        this.exitCode = exitCode;
    }

    static ProgramNotRunnableException notFound(String name) {
        return new ProgramNotRunnableException(
                "the command '" + name + "' is not found",
                name.indexOf('/') >= 0 ? "there is no such file" : "it is in no folder of the PATH",
                NOT_FOUND);
    }

    static ProgramNotRunnableException notExecutable(String name, Path file) {
        return new ProgramNotRunnableException(
                "the command '" + name + "' can't be executed",
                Files.isDirectory(file) ? file + " is a folder" : "make it executable with: chmod +x " + file,
                NOT_EXECUTABLE);
    }

    public int exitCode() {
        return exitCode;
    }
}
