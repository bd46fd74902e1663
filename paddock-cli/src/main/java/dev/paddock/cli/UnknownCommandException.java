package dev.paddock.cli;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Slips;
import java.util.List;

/** There is no such command. Hints at the one that looks like it. */
final class UnknownCommandException extends PaddockException {
    private static final long serialVersionUID = 1;

    /**
     * @param group what comes before the command's own name, with a space after it, or nothing
     * @param names what it could have been
     */
    UnknownCommandException(String group, String name, List<String> names) {
        super("there is no command '" + group + name + "'", hint(group, name, names));
    }

    private static String hint(String group, String name, List<String> names) {
        String nearest = "";
        int slips = Slips.LIKELY + 1;
        for (String candidate : names) {
            int distance = candidate.startsWith(name) ? 1 : Slips.between(name, candidate);
            if (distance < slips && distance < candidate.length()) {
                nearest = candidate;
                slips = distance;
            }
        }
        return nearest.isEmpty()
                ? "the commands are " + String.join(", ", names)
                : "did you mean: paddock " + group + nearest;
    }
}
