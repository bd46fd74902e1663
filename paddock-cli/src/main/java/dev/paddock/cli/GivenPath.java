package dev.paddock.cli;

import dev.paddock.model.InvalidSpecException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files and folders as users name them to options. */
final class GivenPath {
    private static final String STANDARD_INPUT = "-";

    private GivenPath() {}

    /** All that an option was given. */
    static List<Path> existing(Arguments given, String option) {
        List<Path> paths = new ArrayList<>();
        for (String text : given.values(option)) {
            Path path = option.equals(SpecOptions.INIT) && text.equals(STANDARD_INPUT)
                    ? Path.of("/dev/stdin")
                    : of(option, text);
            if (!Files.exists(path)) {
                throw new InvalidSpecException(
                        "there is no " + text + " for " + option,
                        option.equals(SpecOptions.INIT)
                                ? "if it belongs to a command, put -- before that"
                                : "look at its spelling");
            }
            paths.add(path);
        }
        return paths;
    }

    /** Of one that needn't exist. */
    static Path of(String option, String text) {
        try {
            if (text.isEmpty()) {
                throw new InvalidSpecException("the path for " + option + " is empty", "name a file or folder");
            }
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException impossible) {
            throw new InvalidSpecException("'" + text + "' can't be a path", "name a file or folder");
        }
    }
}
