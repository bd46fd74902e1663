package dev.paddock.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How far what was written is from what may have been meant. */
public final class Slips {
    /** More than these are hardly slips. */
    public static final int LIKELY = 2;

    private Slips() {}

    /** How many letters must be added, left out or changed to make one of the other (Levenshtein). */
    public static int between(String one, String other) {
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

    /** Which of these may have been meant, if one is near enough. */
    public static Optional<String> nearest(String written, Collection<String> meant) {
        return meant.stream()
                .filter(each -> between(written, each) <= LIKELY && between(written, each) < each.length())
                .min(Comparator.comparingInt((String each) -> between(written, each))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
