package dev.paddock.cli;

import java.util.List;
import java.util.Optional;

/** Guesses what was meant. */
final class Similar {
    private static final int LIKELY_SLIPS = 2;

    private Similar() {}

    /** The candidate that begins with what was typed, or differs from it by a slip or two. */
    static Optional<String> to(String typed, List<String> candidates) {
        String nearest = "";
        int slips = LIKELY_SLIPS + 1;
        for (String candidate : candidates) {
            int distance = candidate.startsWith(typed) ? 1 : distance(typed, candidate);
            if (distance < slips && distance < candidate.length()) {
                nearest = candidate;
                slips = distance;
            }
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
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
