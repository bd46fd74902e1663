package dev.paddock.cli.child;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs as a shell does. Immutable. */
final class ProgramFinder {
    private final String searchPath;

    ProgramFinder(String searchPath) {
        this.searchPath = searchPath;
    }

    /** @throws ProgramNotRunnableException if a shell would run no file for this name */
    void require(String name) {
        Optional<Path> blocked = Optional.empty();
        for (Path candidate : candidates(name)) {
            if (isProgram(candidate)) {
                return;
            }
            if (Files.exists(candidate)) {
                blocked = Optional.of(candidate);
            }
        }
        throw blocked.map(file -> ProgramNotRunnableException.notExecutable(name, file))
                .orElseGet(() -> ProgramNotRunnableException.notFound(name));
    }

    /** The file that a shell would run, if it would run one. */
    Optional<Path> find(String name) {
        for (Path candidate : candidates(name)) {
            if (isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private Path[] candidates(String name) {
        try {
            if (name.isEmpty()) {
                return new Path[0];
            }
            if (name.indexOf('/') >= 0) {
                return new Path[] {Path.of(name)};
            }
            String[] folders = searchPath.split(File.pathSeparator, -1);
            Path[] files = new Path[folders.length];
            for (int i = 0; i < folders.length; i++) {
                files[i] = Path.of(folders[i], name);
            }
            return files;
        } catch (InvalidPathException noFileCanHaveThisName) {
            return new Path[0];
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
