package dev.paddock.cli;

import dev.paddock.model.PaddockException;
import java.util.List;

/** There is no such command. Hints at the one that looks like it. */
final class UnknownCommandException extends PaddockException {
    private static final long serialVersionUID = 1;
    private static final int LIKELY_SLIPS = 2;

    /**
     * @param group what comes before the command's own name, with a space after it, or nothing
     * @param names what it could have been
     */
    UnknownCommandException(String group, String name, List<String> names) {
        super("there is no command '" + group + name + "'", hint(group, name, names));
    }

    private static String hint(String group, String name, List<String> names) {
        String nearest = "";
        int slips = LIKELY_SLIPS + 1;
        for (String candidate : names) {
            int distance = candidate.startsWith(name) ? 1 : distance(name, candidate);
            if (distance < slips && distance < candidate.length()) {
                nearest = candidate;
                slips = distance;
            }
        }
        return nearest.isEmpty()
                ? "the commands are " + String.join(", ", names)
                : "did you mean: paddock " + group + nearest;
    }

    /** How many letters must be added, left out or changed to make one of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int changed = previous[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(changed, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
