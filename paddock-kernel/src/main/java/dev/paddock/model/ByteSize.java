package dev.paddock.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of storage. Written as PostgreSQL writes it: {@code 512kB}, {@code 256MB}, {@code 2GB}; the units are powers of 1024. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)(i?b)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "kmgt";

    public ByteSize {
        if (bytes <= 0) {
            throw new InvalidSpecException(
                    "a size must be positive, not " + bytes + " bytes", "write it as 256MB or 2GB");
        }
    }

    public static ByteSize ofMegabytes(long megabytes) {
        return new ByteSize(Math.multiplyExact(megabytes, 1024L * 1024));
    }

    /** Reads {@code 256MB}, {@code 1g}, {@code 4096}; a bare number is bytes. */
    public static ByteSize parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new InvalidSpecException("'" + text + "' is not a size", "write it as 256MB or 2GB");
        }
        String unit = written.group(2).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(written.group(1)), 1L << (10 * power)));
        } catch (ArithmeticException tooLarge) {
            throw new InvalidSpecException("'" + text + "' is larger than any storage", "write it as 256MB or 2GB");
        }
    }

    public long megabytes() {
        return bytes >> 20;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The largest unit that divides it evenly, in the form that {@link #parse} reads. */
    @Override
    public String toString() {
        long rest = bytes;
        int power = 0;
        while (power < UNITS.length() && rest % 1024 == 0) {
            rest /= 1024;
            power++;
        }
        return power == 0
                ? rest + "B"
                : rest + (power == 1 ? "k" : UNITS.substring(power - 1, power).toUpperCase(Locale.ROOT)) + "B";
    }
}
