package dev.paddock.model;

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
}
