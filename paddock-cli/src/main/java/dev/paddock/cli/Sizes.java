package dev.paddock.cli;

/** Amounts of bytes as people read them. */
final class Sizes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Sizes() {}

    /** Rounded to a whole number of the largest unit that gives at least ten of it, such as {@code 39 MB}. */
    static String show(long bytes) {
        long amount = bytes;
        int unit = 0;
        while (amount >= 10 * 1024 && unit < UNITS.length - 1) {
            amount = (amount + 512) / 1024;
            unit++;
        }
        return amount + " " + UNITS[unit];
    }
}
