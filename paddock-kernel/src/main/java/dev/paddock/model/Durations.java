package dev.paddock.model;

import java.time.Duration;

/** Durations as people write and read them. */
public final class Durations {
    private static final int LONGEST = 9;

    private Durations() {}

    /**
     * Reads {@code 500ms}, {@code 90s}, {@code 30m}, {@code 2h}, {@code 7d}.
     *
     * @param option what it is for, for messages
     */
    public static Duration parse(String option, String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > LONGEST) {
            throw notOne(option, text);
        }
        long number = Long.parseLong(text.substring(0, digits));
        Duration duration = switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw notOne(option, text);
        };
        if (duration.isZero()) {
            throw new InvalidSpecException(option + " " + text + " leaves no time", "write it as 90s, 30m or 2h");
        }
        return duration;
    }

    private static InvalidSpecException notOne(String option, String text) {
        return new InvalidSpecException("'" + text + "' is not a duration for " + option, "write it as 90s, 30m or 2h");
    }

    /** The two largest units, such as {@code 2h 5m}. */
    public static String show(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
        }
        return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
    }
}
