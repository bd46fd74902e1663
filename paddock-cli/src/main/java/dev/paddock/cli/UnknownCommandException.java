package dev.paddock.cli;

import dev.paddock.model.PaddockException;
import java.util.List;

/** There is no such command. Hints at the one that looks like it. */
final class UnknownCommandException extends PaddockException {
    private static final long serialVersionUID = 1;

    /**
     * @param group what comes before the command's own name, with a space after it, or nothing
     * @param names what it could have been
     */
    UnknownCommandException(String group, String name, List<String> names) {
        super(
                "there is no command '" + group + name + "'",
                Similar.to(name, names)
                        .map(similar -> "did you mean: paddock " + group + similar)
                        .orElse("the commands are " + String.join(", ", names)));
    }
}
